package wscope.cli.option;

import picocli.CommandLine.ITypeConverter;

/**
 * Converts the value of an option by a function. A lambda cannot implement the interface of picocli
 * itself: Java would make its class at each start, because the archive of classes cannot hold it.
 */
public final class Converter<T> implements ITypeConverter<T> {
  private final Reading<T> reading;

  /** Creates a converter from a function. */
  public Converter(Reading<T> reading) {
    this.reading = reading;
  }

  /** Reads a value. */
  public interface Reading<T> {
    /**
     * Reads a value.
     *
     * @throws Exception if the text is not a value; picocli reports its message
     */
    T of(String text) throws Exception;
  }

  @Override
  public T convert(String text) throws Exception {
    return reading.of(text);
  }
}
