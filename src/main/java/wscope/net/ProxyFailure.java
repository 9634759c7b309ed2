package wscope.net;

import java.io.IOException;

/** A proxy does not connect to the server. The message says why. */
public final class ProxyFailure extends IOException {
  private static final long serialVersionUID = 1;

  ProxyFailure(String message) {
    super(message);
  }
}
