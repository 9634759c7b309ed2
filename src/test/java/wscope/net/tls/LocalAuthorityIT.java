package wscope.net.tls;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An authority with certificates of as many hosts as it keeps. */
@Tag("soak")
@Timeout(300)
class LocalAuthorityIT {
  @TempDir private Path temporary;

  @Test
  void keepsTheLatest256HostsOnly() throws Exception {
    LocalAuthorityTest.keepsTheLatestHostsOnly(LocalAuthority.in(temporary, () -> {}), 256);
  }
}
