package wscope.report;

/**
 * What a report shows.
 *
 * @param detail how much of each frame
 * @param preview how many bytes of each payload
 * @param explain whether the working is shown: unmasking, lengths, close codes
 */
public record View(Detail detail, long preview, boolean explain) {}
