package wscope.cli;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import wscope.net.tls.BadIdentity;
import wscope.net.tls.Identity;
import wscope.net.tls.LocalIdentity;
import wscope.report.SafeText;
import wscope.report.Screen;

/**
 * Who the server is in TLS, and how its clients come to trust it.
 *
 * @param pem holds the certificate if it is one that nobody else vouches for, else null
 */
record ServerIdentity(Identity identity, SSLContext context, @Nullable Path pem) {
  /** The user brought it, and knows who trusts it. */
  static ServerIdentity given(Identity identity) throws BadIdentity {
    return new ServerIdentity(identity, identity.context(), null);
  }

  /** We made it. */
  static ServerIdentity local(LocalIdentity local) throws BadIdentity {
    return new ServerIdentity(local.identity(), local.identity().context(), local.pem());
  }

  /** Shows the fingerprint, and for a certificate of ours the ways to trust it. */
  void describe(Screen notes, int port) {
    notes.text("certificate   SHA-256 ").text(identity.fingerprint()).endLine();
    if (pem != null) {
      SafeText.words(notes, "              " + pem);
      notes.endLine();
      notes.text("trust it").endLine();
      recipe(notes, "curl", "curl --cacert " + pem + " https://localhost:" + port + "/");
      recipe(notes, "Node", "NODE_EXTRA_CA_CERTS=" + pem + " node ...");
      recipe(notes, "browser", "open https://localhost:" + port + "/ and accept it once");
      recipe(notes, "Chromium", "--ignore-certificate-errors-spki-list=" + identity.publicKeyPin());
    }
    notes.flush();
  }

  private static void recipe(Screen notes, String client, String what) {
    notes.text("  ").text(client).text(" ".repeat(12 - client.length()));
    SafeText.words(notes, what);
    notes.endLine();
  }
}
