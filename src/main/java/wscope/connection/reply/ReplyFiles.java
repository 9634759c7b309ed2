package wscope.connection.reply;

import java.io.IOException;

/** Supplies the files that a script sends. */
public interface ReplyFiles {
  /** No files, because the script does not come from a file. */
  ReplyFiles NONE =
      path -> {
        throw new IOException("a script inside wscope sends no files");
      };

  /**
   * Reads a file.
   *
   * @param path the path in the script
   * @throws IOException if the file cannot be read; the message says why
   */
  byte[] read(String path) throws IOException;
}
