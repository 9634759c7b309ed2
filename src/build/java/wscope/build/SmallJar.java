package wscope.build;

import static org.objectweb.asm.Opcodes.ASM9;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;
import org.objectweb.asm.TypePath;

/**
 * Rewrites a jar without what only debuggers and compilers read: names of local variables and
 * parameters, generic signatures, annotations of types, and the nesting of other classes. Stack
 * traces keep the names of files, and the line numbers of wscope's own code. Classes of Java 5
 * become classes of Java 8: others are verified in an archive of classes, but those at each start.
 * The build runs it as a source file, with ASM.
 */
public final class SmallJar {
  /** The index of the version in a class file (JVMS §4.1). */
  private static final int MAJOR_VERSION = 6;

  private SmallJar() {}

  /** Takes the path of the jar; the result replaces it. */
  public static void main(String[] args) throws IOException {
    byte[] content = Files.readAllBytes(Path.of(args[0]));
    Path input = Files.write(Path.of(args[0] + ".shaded"), content);
    try (ZipFile jar = new ZipFile(input.toFile());
        URLClassLoader all = new URLClassLoader(new URL[] {input.toUri().toURL()});
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(Path.of(args[0])))) {
      out.setLevel(Deflater.BEST_COMPRESSION);
      for (ZipEntry entry : jar.stream().filter(each -> !each.isDirectory()).toList()) {
        byte[] bytes;
        try (InputStream in = jar.getInputStream(entry)) {
          bytes = in.readAllBytes();
        }
        write(entry, entry.getName().endsWith(".class") ? small(bytes, all) : bytes, out);
      }
    } finally {
      Files.delete(input);
    }
  }

  /** Sets all sizes before, so that no copy of them follows each entry. */
  private static void write(ZipEntry entry, byte[] bytes, ZipOutputStream out) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    ZipEntry copy = new ZipEntry(entry.getName());
    copy.setTimeLocal(entry.getTimeLocal());
    copy.setCrc(checksum.getValue());
    copy.setSize(bytes.length);
    copy.setCompressedSize(compressedSize(bytes));
    out.putNextEntry(copy);
    out.write(bytes);
    out.closeEntry();
  }

  private static int compressedSize(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(bytes);
    deflater.finish();
    byte[] unused = new byte[8192];
    int size = 0;
    while (!deflater.finished()) {
      size += deflater.deflate(unused);
    }
    deflater.end();
    return size;
  }

  private static byte[] small(byte[] bytes, ClassLoader all) {
    ClassReader reader = new ClassReader(bytes);
    boolean old = isOld(reader.readShort(MAJOR_VERSION));
    ClassWriter writer = old ? new FrameWriter(all) : new ClassWriter(0);
    reader.accept(new SmallClass(reader.getClassName(), writer), 0);
    return writer.toByteArray();
  }

  /** Whether classes of a version have no stack maps. */
  private static boolean isOld(int majorVersion) {
    return majorVersion < Opcodes.V1_6;
  }

  /** Computes the stack maps that classes have since Java 6. */
  private static final class FrameWriter extends ClassWriter {
    private final ClassLoader all;

    FrameWriter(ClassLoader all) {
      super(COMPUTE_FRAMES);
      this.all = all;
    }

    @Override
    protected ClassLoader getClassLoader() {
      return all;
    }
  }

  private static final class SmallClass extends ClassVisitor {
    private final String type;
    private final boolean lines;

    SmallClass(String type, ClassVisitor next) {
      super(ASM9, next);
      this.type = type;
      this.lines = type.startsWith("wscope/");
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        String signature,
        String superName,
        String[] interfaces) {
      int stated = isOld(version & 0xffff) ? Opcodes.V1_8 : version;
      super.visit(stated, access, name, null, superName, interfaces);
    }

    /** Each class needs to know only its own place and that of its members. */
    @Override
    public void visitInnerClass(String name, String outer, String simple, int access) {
      if (name.equals(type) || type.equals(outer)) {
        super.visitInnerClass(name, outer, simple, access);
      }
    }

    @Override
    public AnnotationVisitor visitTypeAnnotation(
        int reference, TypePath path, String descriptor, boolean visible) {
      return null;
    }

    @Override
    public RecordComponentVisitor visitRecordComponent(
        String name, String descriptor, String signature) {
      return new RecordComponentVisitor(ASM9, super.visitRecordComponent(name, descriptor, null)) {
        @Override
        public AnnotationVisitor visitTypeAnnotation(
            int reference, TypePath path, String annotation, boolean visible) {
          return null;
        }
      };
    }

    @Override
    public FieldVisitor visitField(
        int access, String name, String descriptor, String signature, Object value) {
      return new FieldVisitor(ASM9, super.visitField(access, name, descriptor, null, value)) {
        @Override
        public AnnotationVisitor visitTypeAnnotation(
            int reference, TypePath path, String annotation, boolean visible) {
          return null;
        }
      };
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new SmallMethod(lines, super.visitMethod(access, name, descriptor, null, exceptions));
    }
  }

  private static final class SmallMethod extends MethodVisitor {
    private final boolean lines;

    SmallMethod(boolean lines, MethodVisitor next) {
      super(ASM9, next);
      this.lines = lines;
    }

    @Override
    public void visitLineNumber(int line, Label start) {
      if (lines) {
        super.visitLineNumber(line, start);
      }
    }

    @Override
    public void visitParameter(String name, int access) {}

    @Override
    public void visitLocalVariable(
        String name, String descriptor, String signature, Label start, Label end, int index) {}

    @Override
    public AnnotationVisitor visitTypeAnnotation(
        int reference, TypePath path, String descriptor, boolean visible) {
      return null;
    }

    @Override
    public AnnotationVisitor visitInsnAnnotation(
        int reference, TypePath path, String descriptor, boolean visible) {
      return null;
    }

    @Override
    public AnnotationVisitor visitTryCatchAnnotation(
        int reference, TypePath path, String descriptor, boolean visible) {
      return null;
    }

    @Override
    public AnnotationVisitor visitLocalVariableAnnotation(
        int reference,
        TypePath path,
        Label[] start,
        Label[] end,
        int[] index,
        String descriptor,
        boolean visible) {
      return null;
    }
  }
}
