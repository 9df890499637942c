// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.memory;

import java.util.Arrays;
import java.util.Locale;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.index.IndexSettings;

/** When the codes of an index come into memory. */
public enum ColumnsMode {

  /** With the first search that scans a segment. */
  LAZY,

  /** Before a refresh makes a segment visible. */
  EAGER,

  /** Never: every search reads the doc values. */
  OFF;

  /** The setting of an index. */
  public static final Setting<ColumnsMode> SETTING =
      new Setting<>(
          "index.semantic_hash.columns",
          LAZY.toString(),
          ColumnsMode::parse,
          Setting.Property.Dynamic,
          Setting.Property.IndexScope);

  /** What an index has set now. */
  public static ColumnsMode of(IndexSettings index) {
    return SETTING.get(index.getSettings());
  }

  private static ColumnsMode parse(String text) {
    return Arrays.stream(values())
        .filter(mode -> mode.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "[index.semantic_hash.columns] must be one of "
                        + Arrays.toString(values())
                        + ", got ["
                        + text
                        + "]"));
  }

  /** Its name in the setting. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
