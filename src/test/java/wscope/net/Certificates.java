package wscope.net;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import wscope.net.tls.Identity;
import wscope.net.tls.IdentityFiles;
import wscope.net.tls.InvalidIdentity;

/** The certificates that src/test/resources/tls/make.sh makes. */
public final class Certificates {
  private Certificates() {}

  /** A certificate and its key. */
  public static Identity identity(String name) throws InvalidIdentity {
    return IdentityFiles.pem(file(name), file(name));
  }

  /** The authority that has signed the others. */
  public static List<X509Certificate> authority() throws InvalidIdentity {
    return IdentityFiles.certificates(file("authority"));
  }

  public static Path file(String name) {
    return Path.of("src", "test", "resources", "tls", name + ".pem");
  }
}
