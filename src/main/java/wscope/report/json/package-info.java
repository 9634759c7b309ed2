/**
 * Events as JSON, for programs: one object per line, as {@code events.schema.json} describes.
 *
 * <p>Rules of this room: it imports only {@code report}, {@code protocol} and jackson-core. All
 * data from the wire passes through {@code JsonLines}, which writes only ASCII.
 */
@NullMarked
package wscope.report.json;

import org.jspecify.annotations.NullMarked;
