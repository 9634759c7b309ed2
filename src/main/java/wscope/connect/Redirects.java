package wscope.connect;

import java.io.IOException;

/** Follows the redirects of a server. */
public interface Redirects {
  /** The greatest number of redirects that are followed, one after the other. */
  int MOST = 5;

  /**
   * The settings for the target of a redirect.
   *
   * @param trusted whether the target may get what only the user's own target should: credentials,
   *     cookies and the user's Host
   * @throws IOException if no connection to this target is possible
   */
  ClientSettings settings(Target target, boolean trusted) throws IOException;

  /** Whether the user gave credentials or cookies, which only a trusted target gets. */
  boolean haveSecrets();
}
