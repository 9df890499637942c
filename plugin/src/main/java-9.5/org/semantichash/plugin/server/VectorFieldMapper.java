// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.server;

import java.util.List;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.mapper.DocumentParserContext;
import org.elasticsearch.index.mapper.FieldMapper;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.index.mapper.Mapper;
import org.elasticsearch.index.mapper.MapperMergeContext;
import org.elasticsearch.index.mapper.SourceLoader;

/**
 * Maps a field whose values the stored {@code _source} may leave out, as it leaves out vectors, and
 * one of whose parameters a document may set.
 */
public abstract class VectorFieldMapper extends FieldMapper {

  protected VectorFieldMapper(String leafName, MappedFieldType type, BuilderParams params) {
    super(leafName, type, params);
  }

  /** Whether the stored {@code _source} of an index leaves vectors out. */
  public static boolean leavesVectorsOut(IndexSettings index) {
    return IndexSettings.INDEX_MAPPING_EXCLUDE_SOURCE_VECTORS_SETTING.get(index.getSettings());
  }

  /** The values that the stored {@code _source} leaves out; null when it has them. */
  protected abstract SourceValues outOfSource();

  @Override
  public final SourceLoader.SyntheticVectorsLoader syntheticVectorsLoader() {
    SourceValues values = outOfSource();
    return values == null ? null : segment -> leaf(values.of(segment.reader()));
  }

  private SourceLoader.SyntheticVectorsLoader.Leaf leaf(SourceValues.OfSegment values) {
    return (doc, patches) -> {
      if (values.advance(doc)) {
        patches.add(new SourceLoader.LeafSyntheticVectorPath(fullPath(), values.value()));
      }
    };
  }

  /** Builds the mapper of a field. */
  public abstract static class VectorFieldBuilder extends FieldMapper.Builder {

    protected VectorFieldBuilder(String name) {
      super(name);
    }

    /** Updates the mapping of the field with this one, once the document is parsed. */
    public final void updateMapping(DocumentParserContext context, String fullPath) {
      context.addDynamicMapper(this, fullPath);
    }

    /** The update that the document has made already; null when there is none. */
    public static FieldMapper.Builder update(DocumentParserContext context, String fullPath) {
      List<Mapper.Builder> updates = context.getDynamicMappers(fullPath);
      return updates == null ? null : (FieldMapper.Builder) updates.get(0);
    }

    @Override
    protected final void mergeFromBuilder(
        FieldMapper.Builder incoming, Conflicts conflicts, MapperMergeContext context) {
      merge(incoming, conflicts, () -> super.mergeFromBuilder(incoming, conflicts, context));
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
