package wscope.cli.process;

/** The name and version of this program. */
public final class Program {
  private Program() {}

  /** The name and version of this program. */
  public static String name() {
    String version = Program.class.getPackage().getImplementationVersion();
    return "wscope " + (version == null ? "(not from a jar)" : version);
  }
}
