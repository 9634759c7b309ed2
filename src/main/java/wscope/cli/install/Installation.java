package wscope.cli.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.IoMessages;
import wscope.resource.Resource;

/** The files to install below a directory, built from the running jar and its resources. */
final class Installation {
  /**
   * The places of the completions below the directory: for bash a file, for the others a directory.
   */
  static final String BASH = "share/bash-completion/completions/wscope";

  static final String ZSH = "share/zsh/site-functions";
  static final String FISH = "share/fish/vendor_completions.d";

  private static final String EXECUTABLE = "bin/wscope";

  /** Where a bundle has its Java runtime and the archive of its classes. */
  private static final String BUNDLE = "lib/wscope";

  private final Path root;
  private final List<String> commands;

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
   * @return the paths of the files; the Java runtime of a bundle is one path
   */
  List<Path> write() throws IOException, Failure {
    List<Path> written = new ArrayList<>();
    Path bundle = bundle();
    Path installedBundle = root.resolve(BUNDLE);
    if (bundle != null && !bundle.toRealPath().equals(installedBundle)) {
      removeTree(installedBundle, new ArrayList<>());
      copy(bundle, installedBundle);
      written.add(installedBundle);
    }
    FileTime time = Files.getLastModifiedTime(jar());
    written.add(write(EXECUTABLE, executable(), "rwxr-xr-x"));
    if (bundle != null) {
      // The archive of the classes is only valid for an executable of this time.
      Files.setLastModifiedTime(root.resolve(EXECUTABLE), time);
    }
    for (Map.Entry<String, String> resource : resources().entrySet()) {
      written.add(
          write(
              resource.getKey(),
              Resource.bytes(Installation.class, resource.getValue()),
              "rw-r--r--"));
    }
    return written;
  }

  /**
   * Deletes the files that {@link #write} writes, and the directories that this leaves empty.
   *
   * @return the paths of the files that existed
   */
  List<Path> remove() throws Failure {
    Path executable = root.resolve(EXECUTABLE);
    if (Files.exists(executable) && !isWscope(executable)) {
      throw new Failure(
          ExitCode.USAGE, executable + " is not an executable of wscope, so nothing was removed");
    }
    List<Path> removed = new ArrayList<>();
    removeTree(root.resolve(BUNDLE), removed);
    remove(executable, removed);
    for (String place : resources().keySet()) {
      remove(root.resolve(place), removed);
    }
    return removed;
  }

  /** The places below the directory, with the names of their resources in the jar. */
  private Map<String, String> resources() {
    Map<String, String> resources = new LinkedHashMap<>();
    Stream<String> pages =
        Stream.concat(
            commands.stream().map(command -> "wscope-" + command + ".1"),
            Stream.of("wscope.1", "wscope-json.5", "wscope-reply.5", "wscope-rules.7"));
    pages.forEach(
        page -> resources.put("share/man/man" + page.charAt(page.length() - 1) + "/" + page, page));
    resources.put(BASH, "wscope.bash");
    resources.put(ZSH + "/_wscope", "_wscope");
    resources.put(FISH + "/wscope.fish", "wscope.fish");
    return resources;
  }

  private Path write(String place, byte[] content, String permissions) throws Failure {
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
      throw cannotWrite(file, e);
    }
    return file;
  }

  private static Failure cannotWrite(Path file, IOException e) {
    return new Failure(
        ExitCode.IO,
        "cannot write "
            + file
            + ": "
            + IoMessages.reason(e)
            + "; use --prefix DIR to install elsewhere");
  }

  private static void copy(Path from, Path to) throws Failure {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.resolveSibling("."));
        Files.copy(file, target, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw cannotWrite(to, e);
    }
  }

  private static boolean isWscope(Path executable) throws Failure {
    try (InputStream in = Files.newInputStream(executable)) {
      return new String(in.readNBytes(100), UTF_8).startsWith("#!/bin/sh\n# wscope: ");
    } catch (IOException e) {
      throw new Failure(ExitCode.IO, "cannot read " + executable + ": " + IoMessages.reason(e));
    }
  }

  private void remove(Path file, List<Path> removed) throws Failure {
    try {
      if (Files.deleteIfExists(file)) {
        removed.add(file);
      }
      removeEmpty(file.getParent());
    } catch (IOException e) {
      throw new Failure(ExitCode.IO, "cannot remove " + file + ": " + IoMessages.reason(e));
    }
  }

  /** Deletes a directory and those above it, up to the root, while they are empty. */
  private void removeEmpty(@Nullable Path directory) throws IOException {
    while (directory != null && !directory.equals(root) && isEmpty(directory)) {
      Files.delete(directory);
      directory = directory.getParent();
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  private void removeTree(Path directory, List<Path> removed) throws Failure {
    if (!Files.isDirectory(directory.resolve("runtime"))) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
      removeEmpty(directory.getParent());
    } catch (IOException e) {
      throw new Failure(ExitCode.IO, "cannot remove " + directory + ": " + IoMessages.reason(e));
    }
    removed.add(directory);
  }

  /** The directory of the runtime that runs this, if it belongs to a bundle. */
  private static @Nullable Path bundle() {
    Path runtime = Path.of(System.getProperty("java.home"));
    Path parent = runtime.getParent();
    return parent != null && runtime.endsWith(BUNDLE + "/runtime") ? parent : null;
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
    String head =
        new String(Resource.bytes(Installation.class, "wscope.sh"), UTF_8)
            .replace("@JAR@", checksum(content));
    ByteArrayOutputStream executable = new ByteArrayOutputStream();
    executable.writeBytes(head.getBytes(UTF_8));
    executable.writeBytes(content);
    return executable.toByteArray();
  }

  private static Path jar() throws IOException, Failure {
    try {
      Path jar =
          Path.of(Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isRegularFile(jar)) {
        // A bundle starts it through a file descriptor.
        return jar.toRealPath();
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
}
