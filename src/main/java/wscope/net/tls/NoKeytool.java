package wscope.net.tls;

/** This Java is no JDK, so that no certificate can be made with it. */
public final class NoKeytool extends InvalidIdentity {
  private static final long serialVersionUID = 1;

  NoKeytool(String message, Throwable cause) {
    super(message, cause);
  }
}
