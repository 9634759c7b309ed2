package wscope.cli;

/** The command {@code wscope}. */
public final class Wscope {
  private Wscope() {}

  public static void main(String[] args) {}
}
