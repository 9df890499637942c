// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.server;

import org.elasticsearch.index.mapper.MapperService;
import org.elasticsearch.index.mapper.MapperServiceTestCase;
import org.elasticsearch.index.mapper.ParsedDocument;

/** Updates mappings as documents want it. */
public abstract class DynamicMappingTestCase extends MapperServiceTestCase {

  protected static void update(MapperService service, ParsedDocument document) {
    mergeDynamicUpdate(service, document.dynamicMappingsUpdate());
  }
}
