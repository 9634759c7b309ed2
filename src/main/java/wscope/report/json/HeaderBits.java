package wscope.report.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.AtomicReferenceArray;
import wscope.protocol.frame.FrameHeader;

/**
 * The properties of a frame that depend only on the first byte of its header and on its MASK bit,
 * encoded once for each.
 */
final class HeaderBits {
  private static final int BYTES = 256;

  /** What precedes the value of the first property. */
  private static final String START = "{\"fin\":";

  private final AtomicReferenceArray<SerializableString> encoded =
      new AtomicReferenceArray<>(2 * BYTES);

  /** The value of {@link Property#FIN}, and the further properties up to MASKED. */
  SerializableString of(FrameHeader header) {
    int place = header.byte0() + (header.masked() ? BYTES : 0);
    SerializableString known = encoded.get(place);
    if (known == null) {
      known = new SerializedString(encode(header));
      encoded.set(place, known);
    }
    return known;
  }

  private static String encode(FrameHeader header) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonLines lines = new JsonLines(out);
    firstByte(lines.beginObject(), header).put(Property.MASKED, header.masked()).endObject();
    lines.flush();
    String object = out.toString(US_ASCII);
    return object.substring(START.length(), object.length() - 1);
  }

  /** Adds the fields of the first byte of a header. */
  static JsonLines firstByte(JsonLines lines, FrameHeader header) {
    lines.put(Property.FIN, header.fin());
    lines.put(Property.RSV1, header.rsv1());
    lines.put(Property.RSV2, header.rsv2());
    lines.put(Property.RSV3, header.rsv3());
    lines.put(Property.OPCODE, header.opcode().code());
    return lines.put(Property.OPCODE_NAME, header.opcode().label());
  }
}
