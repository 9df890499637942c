// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.Map;
import java.util.TreeMap;

/**
 * All that decides about the result of a run, as a digest. Table and label are no part of it: two
 * tables that want the same run share it.
 */
final class Definition {

  private Definition() {}

  /** The first 16 hexadecimal digits of the SHA-256. */
  static String of(
      Experiment experiment, SplitSpec split, RowKey key, Map<String, String> options) {
    Map<String, String> all = new TreeMap<>();
    Preprocessing.properties(Preprocessing.options(experiment.preprocessing()))
        .forEach((name, value) -> all.put("preprocessing." + name, value));
    options.forEach((name, value) -> all.put("option." + name, value));
    all.put("sha256", experiment.input().sha256());
    all.put("text_fields", experiment.input().textFields().toString());
    all.put("label_field", experiment.input().labelField());
    all.put("split", split.toString());
    all.put("method", key.method());
    all.put("supervised", Boolean.toString(key.supervised()));
    all.put("bits", Integer.toString(key.bits()));
    all.put("seed", Long.toString(key.seed()));
    return Sha256.of(all.toString()).substring(0, 16);
  }
}
