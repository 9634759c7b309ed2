package wscope.net;

/** The TLS settings of one side. */
sealed interface TlsSettings permits TlsClient, TlsServer {}
