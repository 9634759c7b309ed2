package wscope.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import wscope.protocol.deflate.BufferPool;

/** Payloads that were put together, in memory that is used again. */
final class PayloadBufferTest {
  private final BufferPool pool = new BufferPool();
  private final PayloadBuffer payload = new PayloadBuffer(pool);

  @Test
  void slicesAreJoined() {
    payload.add(bytes("mess"));
    payload.add(bytes("age"));
    assertEquals(bytes("message"), payload.content());
  }

  /** S20: memory of another client shows nothing of it. */
  @Test
  void showsNothingOfThePayloadBefore() {
    payload.add(bytes("a secret of somebody else"));
    payload.clear();
    assertTrue(payload.isEmpty());
    assertEquals(bytes(""), payload.content());
    payload.add(bytes("b"));
    assertEquals(bytes("b"), payload.content());
  }

  /** S8: memory that was lent comes back. */
  @Test
  void usesMemoryOfTheSameSizeAgain() {
    byte[] first = fill(1 << 20);
    assertSame(first, fill((1 << 19) + 1));
  }

  @Test
  void memoryIsLentToOneAtATime() {
    PayloadBuffer other = new PayloadBuffer(pool);
    payload.add(bytes("one"));
    other.add(bytes("two"));
    assertNotSame(payload.content().array(), other.content().array());
    assertEquals(bytes("one"), payload.content());
  }

  /** S1: whatever was declared, and whatever the pool has kept of larger payloads. */
  @Test
  void memoryIsLessThanTwiceWhatHasCome() {
    fill(2 << 20);
    for (int size = 256; size <= 2 << 20; size = 2 * size + 1) {
      byte[] memory = fill(size);
      assertTrue(memory.length < 2 * size, size + " bytes in " + memory.length);
    }
  }

  @Test
  void whatIsTooLargeIsNotKept() {
    byte[] first = fill((2 << 20) + 1);
    assertNotSame(first, fill((2 << 20) + 1));
  }

  /** Collects so many bytes and forgets them; returns the memory they were in. */
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
