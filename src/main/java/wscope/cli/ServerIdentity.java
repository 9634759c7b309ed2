package wscope.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import wscope.net.tls.BadIdentity;
import wscope.net.tls.Identity;
import wscope.net.tls.LocalIdentity;

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

  /** The fingerprint, and for a certificate of ours the ways to trust it; a line each. */
  List<String> notes(int port) {
    List<String> notes = new ArrayList<>();
    notes.add("certificate   SHA-256 " + identity.fingerprint());
    if (pem != null) {
      String url = "https://localhost:" + port + "/";
      notes.add("              " + pem);
      notes.add("to trust it   curl       curl --cacert " + pem + " " + url);
      notes.add("              Node       NODE_EXTRA_CA_CERTS=" + pem + " node ...");
      notes.add("              browser    open " + url + " and accept it once");
      notes.add(
          "              Chromium   --ignore-certificate-errors-spki-list="
              + identity.publicKeyPin());
    }
    return notes;
  }
}
