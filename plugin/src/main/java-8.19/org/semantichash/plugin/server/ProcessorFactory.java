// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.server;

import java.util.Map;
import org.elasticsearch.ingest.Processor;

/** Makes processors of what a pipeline says. */
public abstract class ProcessorFactory implements Processor.Factory {

  @Override
  public final Processor create(
      Map<String, Processor.Factory> factories,
      String tag,
      String description,
      Map<String, Object> config) {
    return create(tag, description, config);
  }

  /**
   * Makes a processor.
   *
   * @param tag the name that the pipeline gives it, or null
   * @param config its options, from which it takes those that it knows
   */
  protected abstract Processor create(String tag, String description, Map<String, Object> config);
}
