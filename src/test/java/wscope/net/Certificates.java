package wscope.net;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import wscope.net.tls.Identity;
import wscope.net.tls.IdentityFiles;
import wscope.net.tls.InvalidIdentity;

/** Those that src/test/resources/tls/make.sh has made. */
public final class Certificates {
  private Certificates() {}

  /** A certificate and its key. */
  public static Identity identity(String name) throws InvalidIdentity {
    return IdentityFiles.pem(file(name), file(name));
  }

  /** The one that vouches for the others. */
  public static List<X509Certificate> authority() throws InvalidIdentity {
    return IdentityFiles.certificates(file("authority"));
  }

  public static Path file(String name) {
    return Path.of("src", "test", "resources", "tls", name + ".pem");
  }
}
