package wscope.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page in memory, whose file is written in place. */
final class WrittenPage implements PageFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private byte[] file = {};
  private int tail;
  private int appends;

  @Override
  public void append(byte[] bytes, int length, int newTail) {
    int kept = file.length - tail;
    assertTrue(kept + length >= file.length, "a file is not cut when it is written in place");
    byte[] whole = Arrays.copyOf(file, kept + length);
    System.arraycopy(bytes, 0, whole, kept, length);
    file = whole;
    tail = newTail;
    appends++;
  }

  int length() {
    return file.length;
  }

  int appends() {
    return appends;
  }

  String text() {
    return new String(file, UTF_8);
  }

  /** The lines of the page, as a browser reads its data block. */
  List<JsonNode> lines() throws Exception {
    String page = text();
    String start = "<script type=\"application/json\" id=\"lines\">\n";
    int from = page.indexOf(start) + start.length();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : page.substring(from, page.indexOf("</script>", from)).split("\n", 0)) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  /** The last line, which says how the page ended. */
  JsonNode end() throws Exception {
    List<JsonNode> lines = lines();
    return lines.get(lines.size() - 1);
  }

  void assertIsWhole() {
    assertTrue(text().endsWith("</script>\n</body>\n</html>\n"));
  }

  /** The policy allows exactly the script and the style of the page, and no part is elsewhere. */
  void assertIsSelfContained() throws Exception {
    String page = text();
    assertEquals(
        "default-src 'none'; script-src "
            + hash(inside(page, "<script>", "</script>"))
            + "; style-src "
            + hash(inside(page, "<style>", "</style>"))
            + "; base-uri 'none'; form-action 'none'",
        inside(page, "http-equiv=\"Content-Security-Policy\" content=\"", "\""));
    assertFalse(page.contains("{{"), "each place is filled in");
    assertFalse(
        Pattern.compile("\\s(?:src|href|style|on\\w+)=\"")
            .matcher(page.substring(0, page.indexOf("<style>")))
            .find());
  }

  /** No data leave the block of the lines. */
  void assertDataStayInTheirBlock() {
    String page = text();
    Matcher elements = Pattern.compile("<(/?script|!--)", Pattern.CASE_INSENSITIVE).matcher(page);
    assertEquals(4, elements.results().count(), "two script elements, each with its end");
    String data = page.substring(page.indexOf("id=\"lines\">"));
    assertTrue(data.chars().allMatch(c -> c == '\n' || (c >= 0x20 && c < 0x7f)));
  }

  private static String inside(String text, String before, String after) {
    int from = text.indexOf(before) + before.length();
    return text.substring(from, text.indexOf(after, from));
  }

  private static String hash(String content) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }
}
