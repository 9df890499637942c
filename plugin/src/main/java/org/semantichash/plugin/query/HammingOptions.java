// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.query;

import java.io.IOException;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.common.logging.HeaderWarning;
import org.elasticsearch.search.internal.ContextIndexSearcher;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.XContentBuilder;
import org.semantichash.hash.BinaryCode;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.server.ShardSearches;
import org.semantichash.plugin.wire.Frame;
import org.semantichash.search.HammingQuery;
import org.semantichash.search.NearestHammingQuery;
import org.semantichash.search.columns.ColumnSource;

/**
 * The optional parameters of a {@code hamming} query.
 *
 * @param model the model that the code is of, or null
 * @param maxDistance the largest distance that matches, in bits, or null
 * @param k how many of the nearest documents of each shard match, or null for all
 * @param emptyText whether the code came from a text of which the model knows no term; never part
 *     of a request
 */
record HammingOptions(String model, Integer maxDistance, Integer k, boolean emptyText)
    implements Writeable, ToXContentFragment {

  static final ParseField MODEL = new ParseField("model");
  static final ParseField MAX_DISTANCE = new ParseField("max_distance");
  static final ParseField K = new ParseField("k");

  /** As many as Elasticsearch's own search for nearest vectors takes. */
  static final int MAX_K = 10_000;

  HammingOptions(String model, Integer maxDistance, Integer k) {
    this(model, maxDistance, k, false);
  }

  HammingOptions(StreamInput in) throws IOException {
    this(Frame.open(in, HammingQueryBuilder.NAME));
  }

  private HammingOptions(Frame body) throws IOException {
    this(
        body.readOptionalString(),
        body.readOptionalVInt(),
        body.readOptionalVInt(),
        body.readBoolean());
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          body.writeOptionalString(model);
          body.writeOptionalVInt(maxDistance);
          body.writeOptionalVInt(k);
          body.writeBoolean(emptyText);
        });
  }

  /** The same for the code of a text or of another document. */
  HammingOptions of(String codeModel, boolean codeOfEmptyText) {
    return new HammingOptions(codeModel, maxDistance, k, codeOfEmptyText);
  }

  void check() {
    if (model != null) {
      new ModelId(model);
    }
    if (maxDistance != null && maxDistance < 0) {
      throw new IllegalArgumentException(
          "[max_distance] must be between [0] and the number of bits of the field, got ["
              + maxDistance
              + "]");
    }
    if (k != null && (k < 1 || k > MAX_K)) {
      throw new IllegalArgumentException(
          "[k] must be between [1] and [" + MAX_K + "], got [" + k + "]");
    }
  }

  /** The query of a shard, without k. */
  Query query(SearchedField searched, BinaryCode code, ColumnSource columns) {
    return new HammingQuery(
        searched.codes(),
        code,
        searched.maxDistance(maxDistance, code),
        columns,
        HammingOptions::cancellation);
  }

  /**
   * The query of a shard for the k nearest.
   *
   * @param filter among which documents; null for all
   */
  Query nearest(SearchedField searched, BinaryCode code, ColumnSource columns, Query filter) {
    return new NearestHammingQuery(
        searched.codes(),
        code,
        k,
        filter,
        searched.maxDistance(maxDistance, code),
        columns,
        HammingOptions::cancellation);
  }

  /**
   * On the shards, whose warnings the answer collects: while a query is rewritten another thread
   * may go on with the request than the one that hashed, and a warning is a thread's own.
   */
  void warnOfEmptyText(String field, BinaryCode code) {
    if (emptyText) {
      HeaderWarning.addWarning(
          "[hamming] the text for field [{}] has no term that model [{}] knows; searching for the"
              + " model's code of the empty text [{}]",
          field,
          model,
          code);
    }
  }

  /** A cancelled search throws where it is asked whether its time is over. */
  private static QueryTimeout cancellation(IndexSearcher searcher) {
    if (searcher instanceof ContextIndexSearcher cancellable) {
      return () -> {
        ShardSearches.checkCancelled(cancellable);
        return false;
      };
    }
    return searcher.getTimeout();
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    if (model != null) {
      builder.field(MODEL.getPreferredName(), model);
    }
    if (maxDistance != null) {
      builder.field(MAX_DISTANCE.getPreferredName(), maxDistance);
    }
    if (k != null) {
      builder.field(K.getPreferredName(), k);
    }
    return builder;
  }
}
