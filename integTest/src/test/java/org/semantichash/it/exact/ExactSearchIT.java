// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.exact;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/** One node for all that is tested with synthetic codes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExactSearchIT {

  private static final int COUNT = 20_000;
  private static final long SEED = 20_261_121;
  private static final double DELETED = .3;

  private Cluster cluster;
  private Fixture fixture;

  @BeforeAll
  void start() throws IOException {
    System.out.println("ExactSearchIT: " + COUNT + " documents, seed " + SEED);
    cluster = Cluster.start("exact-search", 1, Distribution.ofBuild().quickStart());
    fixture = Fixture.fill(cluster.http(), new Documents(COUNT, SEED), DELETED, SEED + 1);
  }

  /** What the searches put into memory goes with the indices. */
  @AfterAll
  void stop() throws IOException {
    if (cluster == null) {
      return;
    }
    try {
      if (fixture != null) {
        fixture.http().delete("/" + fixture.names()).ok();
        new FielddataBreaker(fixture.http()).awaitEstimate(0);
      }
    } finally {
      cluster.close();
    }
  }

  @Nested
  class Radius extends RadiusSetScenario {
    @Override
    Fixture fixture() {
      return fixture;
    }
  }

  @Nested
  class Paging extends PagingScenario {
    @Override
    Fixture fixture() {
      return fixture;
    }
  }

  @Nested
  class Paths extends PathScenario {
    @Override
    Fixture fixture() {
      return fixture;
    }
  }

  @Nested
  class Filters extends FilterScenario {
    @Override
    Fixture fixture() {
      return fixture;
    }
  }

  @Nested
  class Nearest extends NearestScenario {
    @Override
    Fixture fixture() {
      return fixture;
    }
  }

  @Nested
  class Memory extends MemoryScenario {
    @Override
    Fixture fixture() {
      return fixture;
    }
  }

  @Nested
  class Cancelled extends CancelScenario {
    @Override
    Fixture fixture() {
      return fixture;
    }
  }

  @Nested
  class Aliases extends AliasScenario {
    @Override
    Fixture fixture() {
      return fixture;
    }
  }
}
