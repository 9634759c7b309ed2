package wscope.cli.option;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wscope.cli.Run;

class PageOptionsTest {
  @TempDir Path folder;

  /** 80 messages of 60000 control characters: JSON escapes each with six characters, so 29 MB. */
  @Test
  void aPageHasAtMost20MiB() throws IOException {
    int length = 60_000;
    byte[] frame = new byte[4 + length];
    Arrays.fill(frame, (byte) 1);
    byte[] header = {(byte) 0x81, 126, (byte) (length >> 8), (byte) length};
    System.arraycopy(header, 0, frame, 0, header.length);
    Path input = folder.resolve("frames.bin");
    for (int i = 0; i < 80; i++) {
      Files.write(input, frame, CREATE, APPEND);
    }
    Path page = folder.resolve("page.html");
    Run run = Run.of("decode", "--from=raw", "--detail=none", "--file=" + input, "--html=" + page);
    assertEquals(0, run.exitCode(), run.err());
    long size = Files.size(page);
    assertTrue(size <= 20 << 20 && size > 15 << 20, size + " bytes");
    String text = Files.readString(page);
    String end = text.substring(text.lastIndexOf("\"type\":\"report-end\""));
    assertTrue(end.matches("(?s).*\"leftOut\":\\{\"frame\":[1-9][0-9]*\\}.*"), end);
  }
}
