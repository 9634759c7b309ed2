package wscope.net.tls;

/** The running Java is not a JDK, so it cannot create a certificate. */
public final class NoKeytool extends InvalidIdentity {
  private static final long serialVersionUID = 1;

  NoKeytool(String message, Throwable cause) {
    super(message, cause);
  }
}
