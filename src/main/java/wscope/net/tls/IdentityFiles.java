package wscope.net.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads identities and certificates from files: PEM (RFC 7468) or PKCS#12 (RFC 7292). */
public final class IdentityFiles {
  private static final int MOST_BYTES = 1 << 20;
  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";

  private IdentityFiles() {}

  /**
   * Reads an identity from two files, which may be the same.
   *
   * @param certificates the file with the certificates in PEM, the owner's first
   * @param key the file with the unencrypted key, PKCS#8 in PEM
   */
  public static Identity pem(Path certificates, Path key) throws InvalidIdentity {
    Identity identity = new Identity(privateKey(key), certificates(certificates));
    if (!identity.matches()) {
      throw new InvalidIdentity(
          "the key in " + key + " does not match the first certificate in " + certificates);
    }
    return identity;
  }

  /** Reads an identity from a keystore with one private key. */
  public static Identity pkcs12(Path file, char[] password) throws InvalidIdentity {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // A named pipe, for example, could block forever.
      throw new InvalidIdentity(file + " is not a regular file");
    }
    try (InputStream in = new ByteArrayInputStream(read(file))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias) && store.getKey(alias, password) instanceof PrivateKey key) {
          return new Identity(key, chain(file, store.getCertificateChain(alias)));
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      if (e.getCause() instanceof UnrecoverableKeyException
          || e instanceof UnrecoverableKeyException) {
        throw new WrongPassword("the password does not open " + file, e);
      }
      throw new InvalidIdentity(file + " is not a PKCS#12 keystore", e);
    }
    throw new InvalidIdentity(file + " holds no private key");
  }

  private static List<X509Certificate> chain(Path file, Certificate @Nullable [] certificates)
      throws InvalidIdentity {
    if (certificates == null) {
      throw new InvalidIdentity(file + " holds no certificate for its key");
    }
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate certificate : certificates) {
      chain.add((X509Certificate) certificate);
    }
    return chain;
  }

  /** Reads all certificates of a file in PEM, at least one. */
  public static List<X509Certificate> certificates(Path file) throws InvalidIdentity {
    String text = text(file);
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (int at = 0; (at = text.indexOf(begin("CERTIFICATE"), at)) >= 0; at++) {
        byte[] encoded = block(file, text, at, "CERTIFICATE");
        certificates.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded)));
      }
    } catch (GeneralSecurityException e) {
      throw new InvalidIdentity(file + " holds a certificate that cannot be parsed", e);
    }
    if (certificates.isEmpty()) {
      throw new InvalidIdentity(file + " holds no PEM certificate (" + begin("CERTIFICATE") + ")");
    }
    return certificates;
  }

  private static PrivateKey privateKey(Path file) throws InvalidIdentity {
    String text = text(file);
    int at = text.indexOf(begin("PRIVATE KEY"));
    if (at < 0) {
      throw new InvalidIdentity(noKey(file, text));
    }
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(block(file, text, at, "PRIVATE KEY"));
    for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (GeneralSecurityException e) {
        // The key may be for another algorithm.
      }
    }
    throw new InvalidIdentity(file + " holds a key that is damaged or not RSA, EC or EdDSA");
  }

  private static String noKey(Path file, String text) {
    String convert =
        "; convert the key: openssl pkcs8 -topk8 -nocrypt -in " + file + " -out key.pem";
    if (text.contains("ENCRYPTED")) {
      return "the key in " + file + " is encrypted" + convert;
    }
    if (text.contains(begin("RSA PRIVATE KEY")) || text.contains(begin("EC PRIVATE KEY"))) {
      return "the key in " + file + " is not in PKCS#8" + convert;
    }
    return file + " holds no PEM private key (" + begin("PRIVATE KEY") + ")";
  }

  private static byte[] block(Path file, String text, int at, String label) throws InvalidIdentity {
    int start = at + begin(label).length();
    int end = text.indexOf("-----END " + label + DASHES, start);
    if (end < 0) {
      throw new InvalidIdentity(file + ": " + begin(label) + " has no matching END line");
    }
    try {
      return Base64.getMimeDecoder().decode(text.substring(start, end));
    } catch (IllegalArgumentException e) {
      throw new InvalidIdentity(file + ": what follows " + begin(label) + " is not Base64", e);
    }
  }

  private static String begin(String label) {
    return BEGIN + label + DASHES;
  }

  private static String text(Path file) throws InvalidIdentity {
    return new String(read(file), StandardCharsets.ISO_8859_1);
  }

  private static byte[] read(Path file) throws InvalidIdentity {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new InvalidIdentity(file + " is too large for keys and certificates");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new InvalidIdentity("the file " + file + " does not exist", e);
    } catch (IOException e) {
      throw new InvalidIdentity("cannot read " + file, e);
    }
  }
}
