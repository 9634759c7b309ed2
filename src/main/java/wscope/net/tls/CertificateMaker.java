package wscope.net.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Makes certificates (RFC 5280). The keys are on the curve P-256, which every TLS 1.2 client
 * supports and which signs fast.
 */
final class CertificateMaker {
  private static final String SIGNATURE = "1.2.840.10045.4.3.2";
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String SUBJECT_KEY = "2.5.29.14";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String ALTERNATIVE_NAME = "2.5.29.17";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String AUTHORITY_KEY = "2.5.29.35";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final int LONGEST_NAME = 64;
  private static final int SERIAL_BITS = 127;
  private static final int KEY_ID_BYTES = 20;

  private static final SecureRandom RANDOM = new SecureRandom();

  private CertificateMaker() {}

  /** Makes a key pair. */
  static KeyPair keys() throws InvalidIdentity {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw impossible(e);
    }
  }

  /**
   * Makes an identity for servers on these hosts, signed with its own key.
   *
   * @param hosts names and IP addresses, the main one first
   */
  static Identity server(List<String> hosts, Instant from, Duration validity)
      throws InvalidIdentity {
    KeyPair keys = keys();
    byte[] name = name(hosts.get(0));
    byte[] extensions =
        Der.sequence(serverExtension(), hostsExtension(hosts), subjectKey(keys.getPublic()));
    byte[] content = content(name, from, validity, name, keys.getPublic(), extensions);
    return new Identity(keys.getPrivate(), List.of(signed(content, keys.getPrivate())));
  }

  /** Makes an authority that may sign certificates of servers, but not those of authorities. */
  static Identity authority(String called, Instant from, Duration validity) throws InvalidIdentity {
    KeyPair keys = keys();
    byte[] name = name(called);
    byte[] noOthers = Der.sequence(Der.isTrue(), Der.integer(BigInteger.ZERO));
    // The bit for signatures of certificates is the sixth.
    byte[] signs = Der.bits(2, new byte[] {0b0000_0100});
    byte[] extensions =
        Der.sequence(
            critical(BASIC_CONSTRAINTS, noOthers),
            critical(KEY_USAGE, signs),
            subjectKey(keys.getPublic()));
    byte[] content = content(name, from, validity, name, keys.getPublic(), extensions);
    return new Identity(keys.getPrivate(), List.of(signed(content, keys.getPrivate())));
  }

  /**
   * Makes a certificate for a server.
   *
   * @param host a name or an IP address
   */
  static X509Certificate issue(
      Identity authority, PublicKey key, String host, Instant from, Duration validity)
      throws InvalidIdentity {
    X509Certificate issuer = authority.chain().get(0);
    byte[] signs = Der.bits(7, new byte[] {(byte) 0b1000_0000});
    byte[] issuerKey = Der.sequence(Der.implicit(0, keyId(issuer.getPublicKey())));
    byte[] extensions =
        Der.sequence(
            critical(KEY_USAGE, signs),
            serverExtension(),
            hostsExtension(List.of(host)),
            subjectKey(key),
            extension(AUTHORITY_KEY, issuerKey));
    byte[] issuerName = issuer.getSubjectX500Principal().getEncoded();
    byte[] content = content(issuerName, from, validity, name(host), key, extensions);
    return signed(content, authority.key());
  }

  private static byte[] content(
      byte[] issuer,
      Instant from,
      Duration validity,
      byte[] name,
      PublicKey key,
      byte[] extensions) {
    byte[] version3 = Der.explicit(0, Der.integer(BigInteger.TWO));
    BigInteger serial = new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE);
    return Der.sequence(
        version3,
        Der.integer(serial),
        Der.sequence(Der.identifier(SIGNATURE)),
        issuer,
        Der.sequence(Der.time(from), Der.time(from.plus(validity))),
        name,
        key.getEncoded(),
        Der.explicit(3, extensions));
  }

  private static X509Certificate signed(byte[] content, PrivateKey key) throws InvalidIdentity {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key, RANDOM);
      signature.update(content);
      byte[] whole =
          Der.sequence(
              content, Der.sequence(Der.identifier(SIGNATURE)), Der.bits(0, signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole));
    } catch (GeneralSecurityException e) {
      throw impossible(e);
    }
  }

  /** A name. The longest part of a host that fits must do, because clients read the extension. */
  private static byte[] name(String text) {
    String fits = text.substring(0, Math.min(text.length(), LONGEST_NAME));
    byte[] commonName = Der.sequence(Der.identifier(COMMON_NAME), Der.text(fits));
    return Der.sequence(Der.set(commonName));
  }

  private static byte[] serverExtension() {
    return extension(EXTENDED_KEY_USAGE, Der.sequence(Der.identifier(SERVER_AUTHENTICATION)));
  }

  private static byte[] hostsExtension(List<String> hosts) throws InvalidIdentity {
    byte[][] names = new byte[hosts.size()][];
    for (int i = 0; i < names.length; i++) {
      String host = hosts.get(i);
      names[i] =
          isAddress(host)
              ? Der.implicit(IP_ADDRESS, address(host))
              : Der.implicit(DNS_NAME, host.getBytes(StandardCharsets.US_ASCII));
    }
    return extension(ALTERNATIVE_NAME, Der.sequence(names));
  }

  /** Whether a valid host is an IP address: a name is never made of numbers only. */
  private static boolean isAddress(String host) {
    boolean numbers = host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    return numbers || host.indexOf(':') >= 0;
  }

  private static byte[] address(String host) throws InvalidIdentity {
    try {
      return InetAddress.getByName(host).getAddress();
    } catch (UnknownHostException e) {
      throw new InvalidIdentity("'" + host + "' is not an IP address", e);
    }
  }

  private static byte[] subjectKey(PublicKey key) throws InvalidIdentity {
    return extension(SUBJECT_KEY, Der.octets(keyId(key)));
  }

  /** A short name of a key, which need only be unique (RFC 5280 §4.2.1.2). */
  private static byte[] keyId(PublicKey key) throws InvalidIdentity {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return Arrays.copyOf(hash, KEY_ID_BYTES);
    } catch (GeneralSecurityException e) {
      throw impossible(e);
    }
  }

  private static byte[] extension(String identifier, byte[] value) {
    return Der.sequence(Der.identifier(identifier), Der.octets(value));
  }

  private static byte[] critical(String identifier, byte[] value) {
    return Der.sequence(Der.identifier(identifier), Der.isTrue(), Der.octets(value));
  }

  private static InvalidIdentity impossible(GeneralSecurityException cause) {
    return new InvalidIdentity(
        "this Java cannot create a certificate: " + cause.getMessage(), cause);
  }
}
