package wscope.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import wscope.explain.Explainer;

class ResourceTest {
  @Test
  void readsAFileOfThePackageOrByItsPath() {
    String file = Resource.text(Explainer.class, "close-codes.txt");
    assertEquals(file, Resource.text(ResourceTest.class, "/wscope/explain/close-codes.txt"));
  }

  @Test
  void namesAFileThatIsMissing() {
    Exception e =
        assertThrows(
            IllegalStateException.class, () -> Resource.bytes(ResourceTest.class, "nothing.txt"));
    assertEquals("nothing.txt is missing in the jar", e.getMessage());
  }
}
