package wscope.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import wscope.connection.reply.ReadyReplies;
import wscope.connection.reply.Script;
import wscope.support.RawClient;

/**
 * The scripts inside wscope, by the specifications of their protocols. ReplyClientsIT tests them
 * with real clients.
 */
@Timeout(20)
class ReadyRepliesTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String MQTT_CONNECT_3 = "10 0d 0004 4d515454 04 02 003c 0001 61 ";
  private static final String MQTT_CONNECT_5 = "10 0e 0004 4d515454 05 02 003c 00 0001 61 ";
  private static final String SUBSCRIBED = "82 06 0001 0001 61 00 ";

  @ParameterizedTest
  @FieldSource("wscope.connection.reply.ReadyReplies#NAMES")
  void areValid(String name) {
    Script script = ReadyReplies.find(name);
    assertNotNull(script);
    assertEquals(name, script.name());
    assertEquals(script, ReadyReplies.find(name));
  }

  /** S17: a query cannot name a file. */
  @Test
  void noOtherNameIsKnown() {
    assertNull(ReadyReplies.find("../reply/mqtt"));
    assertNull(ReadyReplies.find("mqtt.reply"));
    assertNull(ReadyReplies.find(""));
  }

  /**
   * Sends bytes in messages of a few bytes; returns the bytes of all replies and the close code.
   */
  private static String mqtt(String hex) throws Exception {
    byte[] bytes = HEX.parseHex((hex + "c0 00").replace(" ", ""));
    StringBuilder seen = new StringBuilder();
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      client.send(RawClient.request("reply=mqtt"));
      client.expectUpgrade();
      for (int at = 0; at < bytes.length; at += 3) {
        byte[] piece = java.util.Arrays.copyOfRange(bytes, at, Math.min(at + 3, bytes.length));
        client.send(RawClient.masked(2, piece));
      }
      while (true) {
        RawClient.Frame frame = client.next();
        if (frame.first() == 0x88) {
          return seen.append("close ").append((int) frame.payload().getChar(0)).toString();
        }
        String reply = HEX.formatHex(frame.payload().array());
        if (reply.equals("d000")) {
          return seen.toString().strip();
        }
        seen.append(reply).append(' ');
      }
    }
  }

  /** A PINGREQ follows; its PINGRESP is not in the replies. */
  @ParameterizedTest
  @CsvSource({
    MQTT_CONNECT_3 + ", 20020000",
    MQTT_CONNECT_5 + ", 2003000000",
    "10 0c 0004 4d515454 04 00 003c 0000, 20020002 close 1000",
    "10 0c 0004 4d515454 04 02 003c 0000, 20020000",
    "10 0d 0004 4d515454 05 02 003c 00 0000, 2003008500 close 1000",
    "10 0f 0006 4d5149736470 03 02 003c 0001 61, 20020001 close 1000",
    MQTT_CONNECT_3 + "82 06 0102 0001 61 01, 20020000 9003010201",
    MQTT_CONNECT_3 + "82 0a 0102 0001 61 01 0001 62 02, 20020000 900401020102",
    MQTT_CONNECT_3 + "82 0e 0102 0001 61 01 0001 62 02 0001 63 00, 20020000 90050102010200",
    MQTT_CONNECT_3 + "82 12 0102 0001 61 01 0001 62 02 0001 63 00 0001 64 00, 20020000 close 1003",
    MQTT_CONNECT_5 + "82 07 0102 00 0001 61 2d, 2003000000 900401020000",
    MQTT_CONNECT_5 + "82 07 0102 00 0001 61 21, 2003000000 900401020001",
    MQTT_CONNECT_5 + "82 0b 0102 00 0001 61 01 0001 62 01, 2003000000 close 1003",
    MQTT_CONNECT_3 + "30 04 0001 61 78, 20020000",
    MQTT_CONNECT_3 + "32 06 0001 61 0007 78, 20020000 40020007",
    MQTT_CONNECT_3 + SUBSCRIBED + "30 04 0001 61 78, 20020000 9003000100 300400016178",
    MQTT_CONNECT_3 + SUBSCRIBED + "31 04 0001 61 78, 20020000 9003000100 300400016178",
    MQTT_CONNECT_3
        + SUBSCRIBED
        + "3b 06 0001 61 0007 78, 20020000 9003000100 40020007 3206000161000778",
    MQTT_CONNECT_3
        + SUBSCRIBED
        + "35 06 0001 61 0007 78 62 02 0007 50 02 0007,"
        + " 20020000 9003000100 50020007 3406000161000778 70020007 62020007",
    MQTT_CONNECT_3 + "a2 05 0007 0001 61, 20020000 b0020007",
    MQTT_CONNECT_5 + "a2 06 0007 00 0001 61, 2003000000 b00400070000",
    MQTT_CONNECT_5 + "e0 00, 2003000000 close 1000",
  })
  void mqttSendsThePacketsOfItsVersion(String sent, String replies) throws Exception {
    assertEquals(replies, mqtt(sent));
  }

  /** Sends texts; returns the texts of all replies until that to the last one. */
  private static String texts(String reply, String end, String endReply, String... sent)
      throws Exception {
    StringBuilder seen = new StringBuilder();
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      client.send(RawClient.request("reply=" + reply));
      client.expectUpgrade();
      for (String text : sent) {
        client.send(RawClient.text(text));
      }
      client.send(RawClient.text(end));
      while (true) {
        RawClient.Frame frame = client.next();
        if (frame.first() == 0x88) {
          return seen.append("close ").append((int) frame.payload().getChar(0)).toString();
        }
        String text = new String(frame.payload().array(), UTF_8);
        if (text.equals(endReply)) {
          return seen.toString().stripTrailing();
        }
        seen.append(text).append(' ');
      }
    }
  }

  /** A ping follows; its pong is not in the replies. Each text ends with a semicolon. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"connection_init\"}; | {\"type\":\"connection_ack\"}",
        "{\"type\":\"connection_init\",\"payload\":{}};{\"type\":\"connection_init\"}; |"
            + " {\"type\":\"connection_ack\"} close 4429",
        "{\"type\":\"ping\",\"payload\":{\"a\":[1]}}; | {\"type\":\"pong\",\"payload\":{\"a\":[1]}}",
        "{\"type\":\"pong\"}; | ``",
        "{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":\"{a}\"}}; | close 4401",
        "{\"type\":\"connection_init\"};{\"id\":\"a\\\"b\",\"type\":\"subscribe\","
            + "\"payload\":{\"query\":\"{a}\"}}; | {\"type\":\"connection_ack\"}"
            + " {\"id\":\"a\\\"b\",\"type\":\"next\",\"payload\":{\"data\":{\"echo\":"
            + "{\"query\":\"{a}\"}}}} {\"id\":\"a\\\"b\",\"type\":\"complete\"}",
        "{\"type\":\"connection_init\"};{\"type\":\"subscribe\"}; |"
            + " {\"type\":\"connection_ack\"} close 4400",
        "hello; | close 4400",
      })
  void graphqlFollowsItsProtocol(String sent, String replies) throws Exception {
    String ping = "{\"type\":\"ping\"}";
    String pong = "{\"type\":\"pong\"}";
    assertEquals(replies, texts("graphql-ws", ping, pong, sent.split(";")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "40 | 40{\"sid\":\"wscope-1-1\"}",
        "40{\"token\":\"a,b\"} | 40{\"sid\":\"wscope-1-1\"}",
        "40/admin,{\"token\":1} | 40/admin,{\"sid\":\"wscope-1-1\"}",
        "42[\"a\",1] | 42[\"a\",1]",
        "42/admin,[\"a\",1] | 42/admin,[\"a\",1]",
        "4217[\"a\"] | 4317[]",
        "42/admin,17[\"a\\\"]\",\"b\",{}] | 43/admin,17[\"b\",{}]",
        "451-17[\"a\",{\"_placeholder\":true,\"num\":0}] |"
            + " 461-17[{\"_placeholder\":true,\"num\":0}]",
        "41 | ``",
        "3 | ``",
        "1 | close 1000",
      })
  void socketIoFollowsItsProtocol(String sent, String replies) throws Exception {
    String open =
        "0{\"sid\":\"wscope-1\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,"
            + "\"maxPayload\":1000000}";
    assertEquals(
        (open + " " + replies).strip(), texts("socket.io", "42[\"end\"]", "42[\"end\"]", sent));
  }

  /** In the frames, a pilcrow stands for the end of a line. NUL is not shown. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CONNECT¶accept-version:1.0,1.1,1.2¶host:a¶¶ |"
            + " CONNECTED¶version:1.2¶heart-beat:0,0¶session:wscope-1¶server:wscope¶¶",
        "STOMP¶host:a¶accept-version:1.1,1.0¶¶ |"
            + " CONNECTED¶version:1.1¶heart-beat:0,0¶session:wscope-1¶server:wscope¶¶",
        "CONNECT¶host:a¶¶ | CONNECTED¶version:1.0¶session:wscope-1¶server:wscope¶¶",
        "CONNECT¶accept-version:2.0¶¶ |"
            + " ERROR¶version:1.0,1.1,1.2¶content-type:text/plain¶¶Supported versions are 1.0, 1.1"
            + " and 1.2 close 1002",
        "SUBSCRIBE¶id:0¶destination:/a¶receipt:r¶¶ | RECEIPT¶receipt-id:r¶¶",
        "SUBSCRIBE¶destination:/a¶id:0¶¶;SEND¶destination:/a¶¶x | MESSAGE¶subscription:0¶"
            + "message-id:2¶destination:/a¶¶x",
        "SUBSCRIBE¶destination:/a¶id:0¶¶;SEND¶destination:/b¶receipt:r¶¶x | RECEIPT¶receipt-id:r¶¶",
        "SUBSCRIBE¶destination:/a¶id:0¶¶;SEND¶own:1¶receipt:r¶destination:/a¶¶receipt:no |"
            + " MESSAGE¶subscription:0¶message-id:2¶own:1¶destination:/a¶¶receipt:no"
            + " RECEIPT¶receipt-id:r¶¶",
        "SUBSCRIBE¶destination:/a¶id:0¶¶;UNSUBSCRIBE¶id:0¶receipt:r¶¶;SEND¶destination:/a¶¶x |"
            + " RECEIPT¶receipt-id:r¶¶",
        "SEND¶destination:/a¶¶receipt:no | ``",
      })
  void stompFollowsItsProtocol(String sent, String replies) throws Exception {
    String[] frames = sent.split(";");
    for (int i = 0; i < frames.length; i++) {
      frames[i] = lines(frames[i]) + "\0";
    }
    String end = "DISCONNECT\nreceipt:end\n\n\0";
    String seen = texts("stomp", end, "RECEIPT\nreceipt-id:end\n\n\0", frames);
    assertEquals(lines(replies), seen.replace("\0", ""));
  }

  private static String lines(String frame) {
    return frame.replace('¶', '\n');
  }
}
