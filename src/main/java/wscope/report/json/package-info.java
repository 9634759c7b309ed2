/**
 * Events as JSON, for programs: one object a line, as {@code events.schema.json} describes them.
 *
 * <p>Law of this room: it imports {@code report}, {@code protocol} and jackson-core only. All data
 * from the wire passes {@code JsonLines}, which writes ASCII alone.
 */
@NullMarked
package wscope.report.json;

import org.jspecify.annotations.NullMarked;
