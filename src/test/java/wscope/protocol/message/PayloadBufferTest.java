package wscope.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import wscope.protocol.deflate.BufferPool;

/** Joins the slices of a payload in memory that it uses again. */
final class PayloadBufferTest {
  private final BufferPool pool = new BufferPool();
  private final PayloadBuffer payload = new PayloadBuffer(pool);

  @Test
  void joinsSlices() {
    payload.add(bytes("mess"));
    payload.add(bytes("age"));
    assertEquals(bytes("message"), payload.content());
  }

  /** S20: memory that another client has used does not show its payload. */
  @Test
  void showsNothingOfThePayloadBefore() {
    payload.add(bytes("a secret of somebody else"));
    payload.clear();
    assertTrue(payload.isEmpty());
    assertEquals(bytes(""), payload.content());
    payload.add(bytes("b"));
    assertEquals(bytes("b"), payload.content());
  }

  /** S8: lent memory returns to the pool. */
  @Test
  void usesMemoryOfTheSameSizeAgain() {
    byte[] first = fill(1 << 20);
    assertSame(first, fill((1 << 19) + 1));
  }

  @Test
  void lendsMemoryToOneBufferAtATime() {
    PayloadBuffer other = new PayloadBuffer(pool);
    payload.add(bytes("one"));
    other.add(bytes("two"));
    assertNotSame(payload.content().array(), other.content().array());
    assertEquals(bytes("one"), payload.content());
  }

  /** S1: whatever length was declared, and whatever larger memory the pool keeps. */
  @Test
  void takesLessThanTwiceTheLengthOfThePayload() {
    fill(2 << 20);
    for (int size = 256; size <= 2 << 20; size = 2 * size + 1) {
      byte[] memory = fill(size);
      assertTrue(memory.length < 2 * size, size + " bytes in " + memory.length);
    }
  }

  @Test
  void doesNotKeepLargeMemory() {
    byte[] first = fill((2 << 20) + 1);
    assertNotSame(first, fill((2 << 20) + 1));
  }

  /** Collects {@code size} bytes and clears them; returns the memory that held them. */
  private byte[] fill(int size) {
    payload.add(ByteBuffer.allocate(size));
    byte[] memory = payload.content().array();
    payload.clear();
    return memory;
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
