package wscope.cli.decode;

import wscope.cli.Run;

/** Arguments of {@code wscope decode}, and what it shows. */
final class DecodeArguments {
  /** The screen of the frame of MDN's "Writing WebSocket servers". */
  static final String MDN_SCREEN =
      """
      frame 1   text, FIN, masked, 3 bytes                        bytes 0-8
          0  81           1... ....  FIN             1    the message ends here
                          .0.. ....  RSV1            0
                          ..0. ....  RSV2            0
                          ...0 ....  RSV3            0
                          .... 0001  opcode          0x1  text
          1  83           1... ....  MASK            1    masked: sent by a client
                          .000 0011  payload length  3
          2  3d 54 23 06             masking key
          6  70 10 6d                masked payload
             4d 44 4e                payload         "MDN"
      message 1   text, 3 bytes in 1 frame   "MDN"
      """;

  private DecodeArguments() {}

  static Run head(Run run, int lines) {
    String shown = run.out().lines().limit(lines).reduce("", (all, line) -> all + line + "\n");
    return new Run(run.exitCode(), shown, run.err());
  }

  static String[] decode(String args) {
    return decode(args.split(" ", -1));
  }

  static String[] decode(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "decode";
    System.arraycopy(args, 0, all, 1, args.length);
    return all;
  }
}
