// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.query;

import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.SearchHits;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.xcontent.ConstructingObjectParser;
import org.elasticsearch.xcontent.ObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;
import org.semantichash.plugin.mapper.HashCodeFieldType;
import org.semantichash.plugin.wire.Frame;

/**
 * A document whose code is searched for.
 *
 * <p>The code is read by a search for the id, with the rights of the caller: unlike a get, a search
 * reads doc values, so it works where {@code _source} does not hold the code, and it needs no right
 * that the query itself does not need. As every search it sees what has been refreshed.
 *
 * @param index the name of one index, or an alias of one
 * @param id the document
 * @param routing where it was indexed with one; may be null, then all shards are asked
 */
record LikeDocument(String index, String id, String routing)
    implements Writeable, ToXContentObject {

  private static final ParseField INDEX = new ParseField("_index");
  private static final ParseField ID = new ParseField("_id");
  private static final ParseField ROUTING = new ParseField("routing");

  private static final ObjectParser.ValueType STRING_OR_NUMBER = ObjectParser.ValueType.LONG;

  static final ConstructingObjectParser<LikeDocument, Void> PARSER =
      new ConstructingObjectParser<>(
          "like", args -> new LikeDocument((String) args[0], (String) args[1], (String) args[2]));

  static {
    PARSER.declareString(ConstructingObjectParser.constructorArg(), INDEX);
    PARSER.declareField(
        ConstructingObjectParser.constructorArg(), (p, c) -> p.text(), ID, STRING_OR_NUMBER);
    PARSER.declareField(
        ConstructingObjectParser.optionalConstructorArg(),
        (p, c) -> p.text(),
        ROUTING,
        STRING_OR_NUMBER);
  }

  LikeDocument(StreamInput in) throws IOException {
    this(Frame.open(in, HammingQueryBuilder.NAME));
  }

  private LikeDocument(Frame body) throws IOException {
    this(body.readString(), body.readString(), body.readOptionalString());
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          body.writeString(index);
          body.writeString(id);
          body.writeOptionalString(routing);
        });
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject();
    builder.field(INDEX.getPreferredName(), index);
    builder.field(ID.getPreferredName(), id);
    if (routing != null) {
      builder.field(ROUTING.getPreferredName(), routing);
    }
    return builder.endObject();
  }

  /**
   * Reads the document's code, in hexadecimal, with the digest that its field is bound to.
   *
   * @throws ElasticsearchStatusException to the listener, with status 404 when there is no such
   *     document and 400 when it has no code or its routing must be known
   */
  void code(Client client, String field, ActionListener<String> listener) {
    SearchSourceBuilder source =
        new SearchSourceBuilder()
            .query(QueryBuilders.idsQuery().addIds(id))
            .size(2)
            .fetchSource(false)
            .docValueField(field, HashCodeFieldType.STAMPED)
            .trackTotalHits(false);
    SearchRequest request =
        new SearchRequest(new String[] {index}, source)
            .routing(routing)
            .indicesOptions(IndicesOptions.strictSingleIndexNoExpandForbidClosed())
            .allowPartialSearchResults(false);
    client.search(request, listener.map(response -> code(field, response.getHits())));
  }

  private String code(String field, SearchHits hits) {
    SearchHit[] found = hits.getHits();
    if (found.length == 0) {
      throw new ResourceNotFoundException(
          "[like] document [{}] not found in index [{}]", id, index);
    }
    if (found.length > 1) {
      throw new IllegalArgumentException(
          "[like] must name one document, index ["
              + index
              + "] has several with id ["
              + id
              + "]: give their [routing]");
    }
    DocumentField codes = found[0].field(field);
    if (codes == null || codes.getValue() == null) {
      throw new IllegalArgumentException(
          "[like] document ["
              + id
              + "] of index ["
              + index
              + "] has no code in field ["
              + field
              + "]");
    }
    if (codes.getValues().size() > 1) {
      throw new IllegalArgumentException(
          "[like] document ["
              + id
              + "] of index ["
              + index
              + "] must have one value in field ["
              + field
              + "], got ["
              + codes.getValues().size()
              + "]");
    }
    return inHex(codes.getValue().toString());
  }

  /** Hexadecimal cannot be taken for base64. */
  private static String inHex(String base64) {
    int stamp = base64.indexOf('@');
    int end = stamp < 0 ? base64.length() : stamp;
    byte[] code = Base64.getDecoder().decode(base64.substring(0, end));
    return HexFormat.of().formatHex(code) + base64.substring(end);
  }
}
