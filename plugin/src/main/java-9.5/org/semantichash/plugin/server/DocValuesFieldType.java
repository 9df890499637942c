// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.server;

import java.util.Map;
import org.elasticsearch.index.mapper.BlockLoader;
import org.elasticsearch.index.mapper.IndexType;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.index.mapper.blockloader.docvalues.BytesRefsFromBinaryBlockLoader;

/** The type of a field that has binary doc values and nothing else. */
public abstract class DocValuesFieldType extends MappedFieldType {

  protected DocValuesFieldType(String name, Map<String, String> meta) {
    super(name, IndexType.docValuesOnly(), false, meta);
  }

  @Override
  public final BlockLoader blockLoader(BlockLoaderContext context) {
    return new BytesRefsFromBinaryBlockLoader(name());
  }
}
