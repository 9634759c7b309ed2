package wscope.connection.reply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.rule.Endpoint;

/** The format of scripts: each error with its line and column. */
class ScriptReaderTest {
  private static final Map<String, byte[]> FILES =
      Map.of("a.txt", "é".getBytes(UTF_8), "latin1.txt", new byte[] {(byte) 0xe9});

  static Script read(String script) throws InvalidScript {
    return read(script.getBytes(UTF_8), Endpoint.SERVER);
  }

  private static Script read(byte[] script, Endpoint self) throws InvalidScript {
    return ScriptReader.read("test", script, self, ScriptReaderTest::file);
  }

  private static byte[] file(String path) throws IOException {
    byte[] content = FILES.get(path);
    if (content == null) {
      throw new IOException("the file " + path + " does not exist");
    }
    return content;
  }

  private static String error(String script) {
    InvalidScript error = assertThrows(InvalidScript.class, () -> read(script));
    String message = error.getMessage();
    assertEquals(
        "line " + error.line() + ", column " + error.column() + ": ",
        message.substring(0, message.indexOf(": ") + 2));
    return error.line() + ":" + error.column() + message.substring(message.indexOf(": "));
  }

  /** In each script, a semicolon stands for the end of a line. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "frob | 1:1: unknown word 'frob'; write on, if, unless, send, echo, delay, close, fault, set or"
            + " next",
        "; # c;  send text a | 3:1: no rule precedes this action; write a line with on before it",
        "on | 1:3: unknown event ''; write on open, on every, on text, on json, on binary or on any",
        "on close | 1:4: unknown event 'close'; write on open, on every, on text, on json, on binary or"
            + " on any",
        "on open now | 1:9: unexpected 'now'; remove it",
        "on any;if $1 | 2:4: this rule has no group 1; add one to its regular expression, or write $$ for"
            + " a dollar sign",
        "on any;if | 2:3: write a value, such as $1, $name or ${/id}",
        "on any;if x | 2:4: write a value, such as $1, $name or ${/id}",
        "on any;echo;if ${/a} | 3:1: write this line after the line with on, before the actions",
        "unless ${/a} | 1:1: write this line after the line with on, before the actions",
        "on every 0ms | 1:10: '0ms' is not a time from 1 ms to 24 h; write, for example, 200ms",
        "on every 86400001ms | 1:10: '86400001ms' is not a time from 1 ms to 24 h; write, for example, 200ms",
        "on every 25h | 1:10: '25h' is not a time from 1 ms to 24 h; write, for example, 200ms",
        "on every | 1:9: '' is not a time from 1 ms to 24 h; write, for example, 200ms",
        "on any;delay 5 | 2:7: '5' is not a time from 0 ms to 1 h; write, for example, 200ms",
        "on any;delay 3600001ms | 2:7: '3600001ms' is not a time from 0 ms to 1 h; write, for example, 200ms",
        "on any;delay 61m | 2:7: '61m' is not a time from 0 ms to 1 h; write, for example, 200ms",
        "on any;delay 1.5s | 2:7: '1.5s' is not a time from 0 ms to 1 h; write, for example, 200ms",
        "on any;delay 9999999999ms | 2:7: '9999999999ms' is not a time from 0 ms to 1 h; write, for example, 200ms",
        "on open;echo | 2:1: only a rule on a message can send it back",
        "on every 1s;send text ${/a} | 2:11: only a rule on a message can insert a value of the message",
        "on any;send | 2:5: cannot send ''; write send text, send json, send hex or send file",
        "on any;send xml <a> | 2:6: cannot send 'xml'; write send text, send json, send hex or send file",
        "on any;send text | 2:10: the text is missing; write \"\" for an empty one",
        "on any;send text \"a | 2:11: the quotation mark is not closed; add \"",
        "on any;send text \"a\" b | 2:15: unexpected 'b'; remove it",
        "on any;send text \"\\x\" | 2:12: unknown escape; write \\n, \\r, \\t, \\0, \\\", \\\\ or \\u with 4"
            + " hex digits",
        "on any;send text \"a\\u00g0\" | 2:13: \\u needs 4 hex digits, such as \\u00e9",
        "on any;send text 5 $ | 2:13: write a name, a number or {...} after $, or $$ for a dollar sign",
        "on any;send text $frob | 2:11: unknown value 'frob'; use a group or field of this rule, or a name"
            + " that an action sets",
        "on any;send text ${frob | 2:11: the brace is not closed; add }",
        "on any;send text ${frob[a} | 2:17: the bracket is not closed; add ]",
        "on any;send text ${-} | 2:11: write a name or a JSON pointer such as /id between the braces",
        "on any;send text ${/a~2} | 2:11: write ~0 for ~ and ~1 for / in a name of a JSON pointer",
        "on any;send json | 2:10: this is not JSON; write, for example, {\"id\":1}",
        "on any;send json {\"a\":} | 2:16: this is not JSON; write, for example, {\"id\":1}",
        "on any;send json {$message:1} | 2:12: this is not JSON; write, for example, {\"id\":1}",
        "on any;send json 1$message | 2:12: this is not JSON; write, for example, {\"id\":1}",
        "on any;send json 1 2 | 2:13: this is not JSON; write, for example, {\"id\":1}",
        "on any;send hex 0 | 2:10: write each byte as two hex digits, such as 0a",
        "on any;send hex 00 0x | 2:13: write each byte as two hex digits, such as 0a",
        "on any;send file a.txt | 2:11: write send file text PATH or send file binary PATH",
        "on any;send file text b.txt | 2:16: the file b.txt does not exist",
        "on any;send file text latin1.txt | 2:16: 'latin1.txt' is not UTF-8; write send file binary",
        "on any;send file text ${/a} | 2:16: this text cannot insert values; write $$ for a dollar sign",
        "on any;close now | 2:7: 'now' is not a close code; write 1000",
        "on any;close 70000 | 2:7: '70000' is not a close code; write 1000",
        "on any;close 1006 | 2:7: 1006 (abnormal closure) must not be sent; to break this rule: fault"
            + " close-code-never-sent",
        "on any;fault frob | 2:7: 'frob' is not a fault in a frame of the server",
        "on any;fault accept-wrong | 2:7: 'accept-wrong' is not a fault in a frame of the server",
        "on any;fault client-frame-unmasked | 2:7: 'client-frame-unmasked' is not a fault in a frame of the"
            + " server",
        "on any;set | 2:4: write a name to set, other than connection and message: set NAME TEXT",
        "on any;set message 1 | 2:5: write a name to set, other than connection and message: set NAME TEXT",
        "on any;set a-b 1 | 2:6: write a space between the name and its text",
        "on any;set a[ 1 | 2:6: the bracket is not closed; add ]",
        "on any;echo back | 2:6: unexpected 'back'; remove it",
        "on every 1s;next | 2:1: each rule with on every has a time of its own; no other rule follows it",
        "on any;next 2 | 2:6: unexpected '2'; remove it",
        "on text /(/ | 1:11: invalid regular expression: Unclosed group",
        "on text /a/x | 1:9: a regular expression ends with a slash and flags: /EXPRESSION/ims",
        "on text /a | 1:9: a regular expression ends with a slash and flags: /EXPRESSION/ims",
        "on text $1 | 1:9: this rule has no group 1; add one to its regular expression, or write $$ for a"
            + " dollar sign",
        "on text /(a)/;send text $2 | 2:11: this rule has no group 2; add one to its regular expression, or"
            + " write $$ for a dollar sign",
        "on json | 1:8: '' is not a JSON pointer; write, for example, /type, or \"\" for the whole message",
        "on json type 1 | 1:9: 'type' is not a JSON pointer; write, for example, /type, or \"\" for the"
            + " whole message",
        "on json /type ping | 1:15: write the value as JSON: a string in quotes, a number, true, false or"
            + " null",
        "on json /type {} | 1:15: write the value as JSON: a string in quotes, a number, true, false or"
            + " null",
        "on binary 1 | 1:11: '1' is neither bytes (0a, 3?, ??) nor a field (NAME:2) nor end",
        "on binary 10 xy | 1:14: 'xy' is neither bytes (0a, 3?, ??) nor a field (NAME:2) nor end",
        "on binary a:65536 | 1:11: '65536' is not the length of a field; write 1 to 65535, varint, u16+bytes,"
            + " varint+bytes or rest",
        "on binary a:0 | 1:11: '0' is not the length of a field; write 1 to 65535, varint, u16+bytes,"
            + " varint+bytes or rest",
        "on binary a:1 a:2 | 1:15: 'a' cannot name this field; write another name",
        "on binary :1 | 1:11: '' cannot name this field; write another name",
        "on binary 1a:1 | 1:11: '1a' cannot name this field; write another name",
        "on binary a:rest 00 | 1:18: nothing can follow the end or the rest of the message",
        "on binary end end | 1:15: nothing can follow the end or the rest of the message",
        "subprotocol | 1:12: write the names of subprotocols, separated by spaces",
        "subprotocol a b,c | 1:15: write the names of subprotocols, separated by spaces",
        "on any;subprotocol a | 2:1: write this line before the first rule",
        "packets a:varint;packets b:varint | 2:9: an earlier line says how to cut packets; remove one"
            + " of the two",
        "packets ?? | 1:9: the last field must be the length of the packet: packets ?? length:varint",
      })
  void namesTheLineAndTheColumnOfAnError(String script, String error) {
    assertEquals(error, error(script.replace(';', '\n')));
  }

  /** The bounds that the manual page states. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "on every 1ms\nset a",
        "on every 24h\nset a",
        "on any\ndelay 0ms",
        "on any\ndelay 1h",
        "on binary a:1",
        "on binary a:65535"
      })
  void acceptsTheBoundsOfNumbers(String script) throws InvalidScript {
    assertEquals(1, read(script).rules().size());
  }

  @Test
  void limitsItsInput() throws InvalidScript {
    assertEquals(500, read("on any\n".repeat(500)).rules().size());
    assertEquals(
        "501:1: a script has at most 500 rules; remove this one", error("on any\n".repeat(501)));
    assertEquals(1, read("#".repeat(262_144 - 7) + "\non any").rules().size());
    assertEquals(
        "1:1: the script is longer than 256 KiB; make it shorter", error("#".repeat(262_144 + 1)));
    assertEquals(1, read("on text /" + "a".repeat(1000) + "/").rules().size());
    assertEquals(
        "1:9: a regular expression has at most 1000 characters; make it shorter",
        error("on text /" + "a".repeat(1001) + "/"));
    assertEquals(1, read("on any\nclose 1000 " + "é".repeat(61) + "e").rules().size());
    assertEquals(
        "2:12: the reason has 124 bytes of UTF-8; write at most 123",
        error("on any\nclose 1000 " + "é".repeat(62)));
  }

  /** The files of a script have at most 16 MiB together. */
  @Test
  void limitsItsFiles() throws InvalidScript {
    byte[] script = "on any\nsend file binary a\nsend file binary b\n".getBytes(UTF_8);
    byte[] half = new byte[8 << 20];
    byte[] more = new byte[(8 << 20) + 1];
    Script read = ScriptReader.read("test", script, Endpoint.SERVER, path -> half);
    assertEquals(1, read.rules().size());
    InvalidScript error =
        assertThrows(
            InvalidScript.class,
            () ->
                ScriptReader.read(
                    "test", script, Endpoint.SERVER, path -> path.equals("a") ? half : more));
    assertEquals(
        "line 3, column 18: the files of this script are longer than 16 MiB in all",
        error.getMessage());
  }

  @Test
  void readsEachLineAsUtf8WithAnyLineEnd() throws InvalidScript {
    Script script = read("\ufeff# c\r\n\r\n\ton\ttext é \r\n  send text \"é\" \r\n\non any");
    assertEquals(2, script.rules().size());
    assertEquals(3, script.rules().get(0).line());
    assertEquals(6, script.rules().get(1).line());
    InvalidScript error =
        assertThrows(
            InvalidScript.class,
            () -> read(new byte[] {'#', '\n', '#', (byte) 0xe9, '\n'}, Endpoint.SERVER));
    assertEquals("line 2, column 1: the line is not UTF-8; save it as UTF-8", error.getMessage());
  }

  @Test
  void aClientCommitsOtherFaults() throws InvalidScript {
    byte[] script = "on any\nfault client-frame-unmasked".getBytes(UTF_8);
    assertEquals(1, read(script, Endpoint.CLIENT).rules().size());
  }
}
