package wscope.net.tls;

/** A key or certificate cannot be used; the message says why and what to do. */
public class BadIdentity extends Exception {
  private static final long serialVersionUID = 1;

  BadIdentity(String message) {
    super(message);
  }

  BadIdentity(String message, Throwable cause) {
    super(message, cause);
  }
}
