package wscope.protocol.handshake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import wscope.cli.decode.DeflateText;
import wscope.fuzz.Allocation;
import wscope.fuzz.FuzzInput;
import wscope.protocol.deflate.DeflateNegotiation;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.deflate.DeflateResponse;
import wscope.protocol.deflate.ExtensionParameter;
import wscope.protocol.rule.Violation;

/**
 * Any values of Sec-WebSocket-Extensions and Sec-WebSocket-Protocol, in one field or several: no
 * exception; violations are inside the fields; a valid list means the same when it is written
 * again; both ends read the same agreement on permessage-deflate.
 */
public final class GrammarFuzz {
  private static final long FIXED_BYTES = 512 << 10;

  /** About 170 without Jazzer, which allocates at each comparison of strings. */
  private static final long BYTES_PER_BYTE = 8 << 10;

  private GrammarFuzz() {}

  /** Settings: what the server wants. Each line of the content is the value of a field. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    FuzzInput input = new FuzzInput(bytes);
    DeflateParameters wanted =
        new DeflateParameters(input.flag(), input.flag(), 8 + input.below(8), 8 + input.below(8));
    String content = new String(input.rest(), ISO_8859_1);
    long allowed = FIXED_BYTES + BYTES_PER_BYTE * content.length();
    Allocation.assertAtMost(allowed, () -> check(content, wanted));
  }

  private static void check(String content, DeflateParameters wanted) {
    List<HeaderField> fields = fields(content);
    List<Violation> found = new ArrayList<>();
    List<Extension> extensions = HeaderLists.extensions(fields, found);
    assertInside(found, content);
    if (found.isEmpty()) {
      assertEquals(extensions, reread(extensions));
    }
    checkNegotiation(HeaderLists.deflate(extensions), wanted);
    checkSubprotocols(fields, content);
    checkText(content);
  }

  private static List<HeaderField> fields(String content) {
    List<HeaderField> fields = new ArrayList<>();
    int offset = 0;
    for (String value : content.split("\n", -1)) {
      fields.add(new HeaderField("name", value, offset, offset));
      offset += value.length() + 1;
    }
    return fields;
  }

  private static void assertInside(List<Violation> violations, String content) {
    for (Violation violation : violations) {
      long offset = violation.offset();
      assertTrue(offset >= 0 && offset <= content.length(), violation.toString());
    }
  }

  private static List<Extension> reread(List<Extension> extensions) {
    String written = extensions.stream().map(GrammarFuzz::write).collect(Collectors.joining(","));
    List<Violation> found = new ArrayList<>();
    List<Extension> reread = HeaderLists.extensions(fields(written), found);
    assertEquals(List.of(), found);
    return reread;
  }

  private static String write(Extension extension) {
    StringBuilder text = new StringBuilder(extension.name());
    for (ExtensionParameter parameter : extension.parameters()) {
      text.append(';').append(parameter.name());
      text.append(parameter.value() == null ? "" : "=\"" + parameter.value() + '"');
    }
    return text.toString();
  }

  /** The client reads from the response what the server has agreed on. */
  private static void checkNegotiation(
      List<List<ExtensionParameter>> offers, DeflateParameters wanted) {
    DeflateResponse response = DeflateNegotiation.respond(offers, wanted);
    assertTrue(response.declined().size() <= offers.size());
    if (response.header() != null) {
      List<Extension> header = HeaderLists.extensions(fields(response.header()), new ArrayList<>());
      List<Violation> found = new ArrayList<>();
      assertEquals(
          response.agreed(),
          DeflateNegotiation.read(offers, HeaderLists.deflate(header), 0, found));
      assertEquals(List.of(), found);
    }
    DeflateNegotiation.read(offers, offers, 0, new ArrayList<>());
  }

  private static void checkSubprotocols(List<HeaderField> fields, String content) {
    List<Violation> found = new ArrayList<>();
    List<String> names = HeaderLists.subprotocols(fields, found);
    assertInside(found, content);
    if (found.isEmpty()) {
      String written = String.join(", ", names);
      assertEquals(names, Arrays.asList(written.split(", ", -1)));
      assertEquals(names, HeaderLists.subprotocols(fields(written), found));
      assertEquals(List.of(), found);
    }
  }

  /** The agreement as a user types it. */
  private static void checkText(String content) {
    DeflateText text = DeflateText.read(content);
    assertTrue(text.position() >= 0 && text.position() <= content.length(), text.toString());
    assertEquals(text.parameters() == null, text.error() != null);
    if (text.parameters() != null) {
      assertEquals(text, DeflateText.read(text.parameters().header()));
    }
  }
}
