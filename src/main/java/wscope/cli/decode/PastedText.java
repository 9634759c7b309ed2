package wscope.cli.decode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import wscope.input.Finder;
import wscope.input.Found;
import wscope.input.Reading;
import wscope.input.spelling.InvalidSpelling;

/**
 * What a whole text has.
 *
 * @param found in the order of the wire
 * @param reading how the text was read
 */
record PastedText(List<Found> found, Reading reading) {
  static PastedText of(String text) throws InvalidSpelling {
    Finder finder = new Finder(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    List<Found> all = new ArrayList<>();
    try {
      for (Found found = finder.next(); found != null; found = finder.next()) {
        ByteBuffer copy = ByteBuffer.allocate(found.bytes().remaining()).put(found.bytes()).flip();
        all.add(new Found(copy, found.sender(), found.begins()));
      }
    } catch (IOException e) {
      throw new AssertionError("memory can be read", e);
    }
    return new PastedText(all, finder.reading());
  }
}
