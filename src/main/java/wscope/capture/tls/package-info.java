/**
 * Decrypts TLS 1.2 (RFC 5246) and TLS 1.3 (RFC 8446) between the TCP streams of a capture and their
 * reader, with the secrets of a key log (RFC 9850).
 *
 * <p>Rules of this room: captures and key logs are hostile. Every length is checked, memory is
 * bounded for each connection and in total, and no input causes an exception. What cannot be
 * decrypted is named with its reason.
 */
@NullMarked
package wscope.capture.tls;

import org.jspecify.annotations.NullMarked;
