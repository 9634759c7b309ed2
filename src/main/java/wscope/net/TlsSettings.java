package wscope.net;

/** How one side speaks TLS. */
sealed interface TlsSettings permits TlsClient, TlsServer {}
