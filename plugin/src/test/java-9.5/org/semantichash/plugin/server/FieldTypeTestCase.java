// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.server;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.elasticsearch.core.CheckedConsumer;
import org.elasticsearch.index.mapper.FieldMapper;
import org.elasticsearch.index.mapper.MapperTestCase;
import org.elasticsearch.xcontent.XContentBuilder;

/** Elasticsearch's own tests of a field type, for one that is not sorted by. */
public abstract class FieldTypeTestCase extends MapperTestCase {

  @Override
  protected final List<SortShortcutSupport> getSortShortcutSupport() {
    return List.of();
  }

  @Override
  protected final boolean supportsDocValuesSkippers() {
    return false;
  }

  /** A parameter that an update may change. */
  protected static void registerUpdate(
      ParameterChecker checker,
      String parameter,
      CheckedConsumer<XContentBuilder, IOException> update,
      Consumer<FieldMapper> check)
      throws IOException {
    checker.registerUpdateCheck(parameter, update, check);
  }

  /** A parameter that has one value only. */
  protected static void registerFixed(ParameterChecker checker, String parameter) {
    checker.registerIgnoredParameter(parameter);
  }

  /** An example of a field that has one value in a document at most. */
  protected abstract static class OneValueSupport implements SyntheticSourceSupport {

    @Override
    public final boolean enforcesSingleValue() {
      return true;
    }
  }
}
