package wscope.net.tls;

/** A keystore does not open with the password that was given, or without one. */
public final class WrongPassword extends InvalidIdentity {
  private static final long serialVersionUID = 1;

  WrongPassword(String message, Throwable cause) {
    super(message, cause);
  }
}
