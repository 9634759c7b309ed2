package wscope.capture.tls;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of TLS sessions, by the random number of the ClientHello. It keeps the last {@link
 * #MOST_SESSIONS} that were added, or only those that a capture has asked for.
 */
public final class KeyLog {
  /** The number of sessions that are kept. */
  public static final int MOST_SESSIONS = 1 << 14;

  private final Map<HelloRandom, Map<SecretLabel, byte[]>> sessions = new LinkedHashMap<>();

  /** The sessions that were asked for. */
  private final Set<HelloRandom> wanted = new HashSet<>();

  private BooleanSupplier more = () -> false;
  private boolean onlyWanted;
  private boolean mayGrow;
  private boolean inCapture;
  private long dropped;
  private long lines;

  /**
   * Sets where more secrets come from.
   *
   * @param more adds lines that have been written since; false if there are none
   * @param mayGrow whether lines may still be written, so that a connection waits for its secrets
   */
  public void readFrom(BooleanSupplier more, boolean mayGrow) {
    this.more = more;
    this.mayGrow = mayGrow;
  }

  /** Whether a connection waits for its secrets. */
  boolean mayGrow() {
    return mayGrow;
  }

  /** Adds the lines of a text that a capture holds. */
  public void addFromCapture(ByteBuffer text) {
    inCapture = true;
    KeyLogReader reader = new KeyLogReader(this);
    reader.read(text);
    reader.end();
  }

  /** The secret of a session; null if it is unknown. */
  byte @Nullable [] secret(HelloRandom session, SecretLabel label) {
    if (wanted.size() < MOST_SESSIONS) {
      wanted.add(session);
    }
    byte[] known = known(session, label);
    return known == null && more.getAsBoolean() ? known(session, label) : known;
  }

  private byte @Nullable [] known(HelloRandom session, SecretLabel label) {
    Map<SecretLabel, byte[]> secrets = sessions.get(session);
    return secrets == null ? null : secrets.get(label);
  }

  /** Whether a session is known, if only in part. */
  boolean has(HelloRandom session) {
    return sessions.containsKey(session);
  }

  /** Forgets all, and keeps from now on only the sessions that were asked for. */
  public void keepOnlyWanted() {
    sessions.clear();
    onlyWanted = true;
    dropped = 0;
    lines = 0;
  }

  void line(HelloRandom session, SecretLabel label, byte[] secret) {
    lines++;
    if (onlyWanted && !wanted.contains(session)) {
      return;
    }
    sessions.computeIfAbsent(session, key -> new EnumMap<>(SecretLabel.class)).put(label, secret);
    if (sessions.size() > MOST_SESSIONS) {
      sessions.remove(sessions.keySet().iterator().next());
      dropped++;
    }
  }

  /** Whether a capture holds secrets. */
  public boolean isInCapture() {
    return inCapture;
  }

  /** Whether a connection has asked for a secret. */
  public boolean wasAsked() {
    return !wanted.isEmpty();
  }

  boolean isEmpty() {
    return sessions.isEmpty();
  }

  /** The number of sessions that were dropped, because there are too many. */
  public long dropped() {
    return dropped;
  }

  /** The number of lines with a secret that decryption needs. */
  public long lines() {
    return lines;
  }
}
