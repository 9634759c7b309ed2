package wscope.cli.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.IoMessages;

/** The files to install below a directory, built from the running jar and its resources. */
final class Installation {
  /**
   * The places of the completions below the directory: for bash a file, for the others a directory.
   */
  static final String BASH = "share/bash-completion/completions/wscope";

  static final String ZSH = "share/zsh/site-functions";
  static final String FISH = "share/fish/vendor_completions.d";

  private final Path root;
  private final List<String> commands;
  private final List<Path> written = new ArrayList<>();

  /**
   * Prepares an installation.
   *
   * @param commands the names of the commands that have a manual page
   */
  Installation(Path root, List<String> commands) {
    this.root = root;
    this.commands = commands;
  }

  /**
   * Writes each file atomically.
   *
   * @return the paths of the files
   */
  List<Path> write() throws IOException, Failure {
    write("bin/wscope", executable(), "rwxr-xr-x");
    for (String command : commands) {
      page("wscope-" + command + ".1");
    }
    page("wscope.1");
    page("wscope-json.5");
    page("wscope-rules.7");
    resource("wscope.bash", BASH);
    resource("_wscope", ZSH + "/_wscope");
    resource("wscope.fish", FISH + "/wscope.fish");
    return written;
  }

  private void page(String name) throws IOException, Failure {
    resource(name, "share/man/man" + name.charAt(name.length() - 1) + "/" + name);
  }

  private void resource(String name, String place) throws IOException, Failure {
    write(place, read(name), "rw-r--r--");
  }

  private void write(String place, byte[] content, String permissions) throws IOException, Failure {
    Path file = root.resolve(place);
    Path unfinished = file.resolveSibling("." + file.getFileName() + ".new");
    try {
      Files.createDirectories(file.resolveSibling("."));
      Files.write(unfinished, content);
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString(permissions));
      // The file may be the running jar. This process keeps using the old one.
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      unfinished.toFile().delete();
      throw new Failure(
          ExitCode.IO,
          "cannot write "
              + file
              + ": "
              + IoMessages.reason(e)
              + "; use --prefix DIR to install elsewhere");
    }
    written.add(file);
  }

  /**
   * The content of the running file if it is the executable; otherwise, the script followed by the
   * jar.
   */
  private static byte[] executable() throws IOException, Failure {
    byte[] content = Files.readAllBytes(jar());
    if (content[0] == '#') {
      return content;
    }
    String head = new String(read("wscope.sh"), UTF_8).replace("@JAR@", checksum(content));
    ByteArrayOutputStream executable = new ByteArrayOutputStream();
    executable.writeBytes(head.getBytes(UTF_8));
    executable.writeBytes(content);
    return executable.toByteArray();
  }

  private static Path jar() throws Failure {
    try {
      Path jar =
          Path.of(Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isRegularFile(jar)) {
        return jar;
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class has a place", e);
    }
    throw new Failure(
        ExitCode.USAGE, "this wscope does not run from a jar, so it cannot install itself");
  }

  /** Computes a checksum in the same way as the build. */
  private static String checksum(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  private static byte[] read(String resource) throws IOException {
    try (InputStream in = Installation.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(resource + " is missing from the jar");
      }
      return in.readAllBytes();
    }
  }
}
