package wscope.capture.tls;

import java.nio.ByteBuffer;

/**
 * The random number of a hello. That of a ClientHello names a session in a key log. Comparable, so
 * that equal hashes cost a hash table little.
 */
record HelloRandom(long first, long second, long third, long fourth)
    implements Comparable<HelloRandom> {
  static final int LENGTH = 32;

  static HelloRandom of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new HelloRandom(in.getLong(), in.getLong(), in.getLong(), in.getLong());
  }

  byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(LENGTH);
    return out.putLong(first).putLong(second).putLong(third).putLong(fourth).array();
  }

  @Override
  public int compareTo(HelloRandom other) {
    return ByteBuffer.wrap(bytes()).compareTo(ByteBuffer.wrap(other.bytes()));
  }
}
