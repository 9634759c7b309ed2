package wscope.bench.process;

/** The least that a program in Java can do: what {@code wscope}'s start is measured against. */
final class Hello {
  private Hello() {}

  public static void main(String[] args) {
    System.out.println("hello");
  }
}
