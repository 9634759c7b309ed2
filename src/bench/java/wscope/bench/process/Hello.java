package wscope.bench.process;

/** The smallest program in Java, with which the start of {@code wscope} is compared. */
final class Hello {
  private Hello() {}

  public static void main(String[] args) {
    System.out.println("hello");
  }
}
