package wscope.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Identities from files, among them those that keytool makes. */
class IdentityFilesTest {
  private static final char[] PASSWORD = "localhost".toCharArray();

  /**
   * Made with {@code openssl pkcs12 -export -nocerts}: Java cannot make a keystore with a key
   * alone.
   */
  private static final String KEY_ALONE =
      """
      MIIBfgIBAzCCATQGCSqGSIb3DQEHAaCCASUEggEhMIIBHTCCARkGCSqGSIb3DQEHAaCCAQoE
      ggEGMIIBAjCB/wYLKoZIhvcNAQwKAQKgge8wgewwVwYJKoZIhvcNAQUNMEowKQYJKoZIhvcN
      AQUMMBwECLfu7i/w9VyPAgIIADAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQ452OEopV
      2UkwRsF1D0t3mQSBkISmqsIvZeMiBHk86vBK3AWDsuxXaBBOfnELD0iZ8q6/2B48Yxl3vbgq
      6J4mlX+f5ojPpxAopkwei4T+/Za0I49FjoBPFPRmuw4l7lF4HM5UxBpEvOmvXEtY+JKW0qhk
      CPfcndU43HBH8/euhmuuT2D1C7w792mwH3DRCIxyDQot0Jfna4HlpoUycCzOZtZtcjBBMDEw
      DQYJYIZIAWUDBAIBBQAEIC0cEUSPQz57DqutGGkZl8aIxbOJKbpvchHR0cXjiIYjBAhBgaUP
      m7oHuwICCAA=
      """;

  @TempDir private static Path made;
  @TempDir private Path directory;
  private static Identity identity;

  @BeforeAll
  static void make() throws Exception {
    identity = LocalIdentity.in(made, () -> {}).identity();
  }

  @Test
  void readsAKeystore() throws Exception {
    Identity read = IdentityFiles.pkcs12(made.resolve("localhost.p12"), PASSWORD);
    assertEquals(identity.fingerprint(), read.fingerprint());
    assertEquals(identity.key(), read.key());
  }

  @Test
  void throwsForAWrongPassword() {
    Path file = made.resolve("localhost.p12");
    assertInvalid(
        "the password does not open " + file,
        () -> IdentityFiles.pkcs12(file, "other".toCharArray()));
  }

  @Test
  void throwsForAFileThatIsNotAKeystore() throws Exception {
    Path file = write("text.p12", "no keystore");
    assertInvalid(file + " is not a PKCS#12 keystore", () -> IdentityFiles.pkcs12(file, PASSWORD));
  }

  @Test
  void throwsForAKeystoreWithoutCertificate() throws Exception {
    Path file = directory.resolve("key.p12");
    Files.write(file, Base64.getMimeDecoder().decode(KEY_ALONE));
    assertInvalid(
        file + " holds no certificate for its key", () -> IdentityFiles.pkcs12(file, PASSWORD));
  }

  @Test
  void readsPem() throws Exception {
    Path certificate = write("cert.pem", "a note\n" + identity.pem() + "and another\n");
    Path key = write("key.pem", keyPem());
    assertEquals(identity, IdentityFiles.pem(certificate, key));
  }

  @Test
  void readsAChainAndItsKeyInOneFile() throws Exception {
    Path file = write("all.pem", identity.pem() + keyPem() + identity.pem());
    Identity read = IdentityFiles.pem(file, file);
    assertEquals(2, read.chain().size());
    assertEquals(identity.fingerprint(), read.fingerprint());
  }

  @Test
  void throwsForTheKeyOfAnotherCertificate() throws Exception {
    Path certificate = write("cert.pem", identity.pem());
    for (String algorithm : new String[] {"EC", "RSA"}) {
      Path key = write("key.pem", otherKey(algorithm));
      assertInvalid(
          "the key in " + key + " does not match the first certificate in " + certificate,
          () -> IdentityFiles.pem(certificate, key));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RSA PRIVATE KEY       | the key in FILE is not in PKCS#8; convert the key: openssl pkcs8 -topk8 -nocrypt -in FILE -out key.pem
          EC PRIVATE KEY        | the key in FILE is not in PKCS#8; convert the key: openssl pkcs8 -topk8 -nocrypt -in FILE -out key.pem
          ENCRYPTED PRIVATE KEY | the key in FILE is encrypted; convert the key: openssl pkcs8 -topk8 -nocrypt -in FILE -out key.pem
          CERTIFICATE           | FILE holds no PEM private key (-----BEGIN PRIVATE KEY-----)
          PRIVATE KEY           | FILE holds a key that is damaged or not RSA, EC or EdDSA
          """)
  void throwsForAnInvalidKey(String label, String message) throws Exception {
    Path certificate = write("cert.pem", identity.pem());
    Path key = write("key.pem", pem(label, new byte[] {48, 1, 0}));
    assertInvalid(
        message.replace("FILE", key.toString()), () -> IdentityFiles.pem(certificate, key));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                  | FILE holds no PEM certificate (-----BEGIN CERTIFICATE-----)
          -----BEGIN CERTIFICATE-----AAAA     | FILE: -----BEGIN CERTIFICATE----- has no matching END line
          -----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE----- | FILE holds a certificate that cannot be parsed
          -----BEGIN CERTIFICATE-----A-----END CERTIFICATE----- | FILE: what follows -----BEGIN CERTIFICATE----- is not Base64
          """)
  void throwsForAnInvalidCertificate(String text, String message) throws Exception {
    Path certificate = write("cert.pem", text);
    Path key = write("key.pem", keyPem());
    assertInvalid(
        message.replace("FILE", certificate.toString()), () -> IdentityFiles.pem(certificate, key));
  }

  @Test
  void throwsForAMissingFile() {
    Path file = directory.resolve("none");
    assertInvalid("the file " + file + " does not exist", () -> IdentityFiles.pem(file, file));
  }

  @Test
  void throwsForADirectory() {
    assertInvalid("cannot read " + directory, () -> IdentityFiles.pem(directory, directory));
  }

  @Test
  void throwsForALargeFile() throws Exception {
    Path file = directory.resolve("large");
    Files.write(file, new byte[(1 << 20) + 1]);
    assertInvalid(
        file + " is too large for keys and certificates", () -> IdentityFiles.pem(file, file));
  }

  private static void assertInvalid(String message, Executable read) {
    assertEquals(message, assertThrows(InvalidIdentity.class, read).getMessage());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static String keyPem() {
    return pem("PRIVATE KEY", identity.key().getEncoded());
  }

  private static String otherKey(String algorithm) throws GeneralSecurityException {
    return pem(
        "PRIVATE KEY",
        KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate().getEncoded());
  }

  private static String pem(String label, byte[] bytes) {
    byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, newline).encodeToString(bytes)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
