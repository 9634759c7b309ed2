package wscope.net.tls;

/** A key or certificate cannot be used. The message says why, and what to do. */
public class InvalidIdentity extends Exception {
  private static final long serialVersionUID = 1;

  InvalidIdentity(String message) {
    super(message);
  }

  InvalidIdentity(String message, Throwable cause) {
    super(message, cause);
  }
}
