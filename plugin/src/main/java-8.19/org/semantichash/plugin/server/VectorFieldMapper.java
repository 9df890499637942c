// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.server;

import java.util.List;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.mapper.DocumentParserContext;
import org.elasticsearch.index.mapper.FieldMapper;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.index.mapper.Mapper;
import org.elasticsearch.index.mapper.MapperMergeContext;

/**
 * Maps a field one of whose parameters a document may set. On 8.19 the stored {@code _source}
 * leaves no vectors out.
 */
public abstract class VectorFieldMapper extends FieldMapper {

  protected VectorFieldMapper(String leafName, MappedFieldType type, BuilderParams params) {
    super(leafName, type, params);
  }

  /** Whether the stored {@code _source} of an index leaves vectors out. */
  public static boolean leavesVectorsOut(IndexSettings index) {
    return false;
  }

  /** The values that the stored {@code _source} leaves out; null when it has them. */
  protected abstract SourceValues outOfSource();

  /** Builds the mapper of a field. */
  public abstract static class VectorFieldBuilder extends FieldMapper.Builder {

    protected VectorFieldBuilder(String name) {
      super(name);
    }

    /** The name of the type. */
    public abstract String contentType();

    /** Updates the mapping of the field with this one, once the document is parsed. */
    public final void updateMapping(DocumentParserContext context, String fullPath) {
      context.addDynamicMapper(build(context.createDynamicMapperBuilderContext()));
    }

    /** The update that the document has made already; null when there is none. */
    public static FieldMapper.Builder update(DocumentParserContext context, String fullPath) {
      List<Mapper> updates = context.getDynamicMappers(fullPath);
      return updates == null ? null : ((FieldMapper) updates.get(0)).getMergeBuilder();
    }

    @Override
    protected final void merge(
        FieldMapper incoming, Conflicts conflicts, MapperMergeContext context) {
      merge(incoming.getMergeBuilder(), conflicts, () -> super.merge(incoming, conflicts, context));
    }

    /**
     * Takes over an update of the mapping.
     *
     * @param parameters takes over all parameters
     */
    protected abstract void merge(
        FieldMapper.Builder incoming, Conflicts conflicts, Runnable parameters);
  }
}
