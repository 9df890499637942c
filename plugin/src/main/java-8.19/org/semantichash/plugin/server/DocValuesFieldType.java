// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.server;

import java.util.Map;
import org.elasticsearch.index.mapper.BlockDocValuesReader.BytesRefsFromBinaryBlockLoader;
import org.elasticsearch.index.mapper.BlockLoader;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.index.mapper.TextSearchInfo;

/** The type of a field that has binary doc values and nothing else. */
public abstract class DocValuesFieldType extends MappedFieldType {

  protected DocValuesFieldType(String name, Map<String, String> meta) {
    super(name, false, false, true, TextSearchInfo.NONE, meta);
  }

  @Override
  public final BlockLoader blockLoader(BlockLoaderContext context) {
    return new BytesRefsFromBinaryBlockLoader(name());
  }
}
