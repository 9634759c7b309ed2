package wscope.connection.reply;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;
import wscope.resource.Resource;

/** The scripts of replies inside wscope, one for each protocol. */
public final class ReadyReplies {
  /** The names of the scripts. */
  public static final List<String> NAMES = List.of("graphql-ws", "socket.io", "mqtt", "stomp");

  private static final Map<String, Script> READ = new ConcurrentHashMap<>();

  private ReadyReplies() {}

  /** The script with a name; null if there is none. */
  public static @Nullable Script find(String name) {
    return NAMES.contains(name) ? READ.computeIfAbsent(name, ReadyReplies::read) : null;
  }

  private static Script read(String name) {
    try {
      return ScriptReader.read(name, content(name), Endpoint.SERVER, ReplyFiles.NONE);
    } catch (InvalidScript e) {
      throw new IllegalStateException(name + ": " + e.getMessage(), e);
    }
  }

  /** The file of a script, one of {@link #NAMES}. */
  public static byte[] content(String name) {
    return Resource.bytes(ReadyReplies.class, "/wscope/serve/reply/" + name + ".reply");
  }
}
